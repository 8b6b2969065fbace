package io.modelconnector.rhoai.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelconnector.core.entity.ModelCardReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the lists of a catalog: of models, which have their cards in them, and of sources. Thread-safe. */
final class CatalogLists {
    private static final Logger log = LoggerFactory.getLogger(CatalogLists.class);
    /** So many sources are named in a request; where there are more, the list of all is read. */
    private static final int NAMED_SOURCES = 20;
    /** So long a condition fits into any proxy's request line, encoded. */
    private static final int LONGEST_CONDITION = 6000;

    private static final String SOURCE_ID = "source_id";
    private static final String NAME = "name";
    private static final String README = "readme";
    private static final Set<String> WITH_CARD = Set.of(SOURCE_ID, NAME, README);
    private static final Set<String> WITHOUT_CARD = Set.of(SOURCE_ID, NAME);

    private final Upstream upstream;
    private final CardLimit limit;

    CatalogLists(Upstream upstream, CardLimit limit) {
        this.upstream = upstream;
        this.limit = limit;
    }

    /** A model of a list; its card only if it is wanted. */
    private record Item(@Nullable String source, String name, List<CardAnswer> answers) {}

    /** See {@link ModelCatalogClient#listedCards}. */
    ListedCards find(Collection<ModelCardReference> wanted, int maxModels, Consumer<CardAnswer> found)
            throws InterruptedException {
        Search search = new Search(wanted, found);
        Set<String> sources = new TreeSet<>();
        wanted.forEach(reference -> sources.add(reference.source()));
        Set<String> named = sources.size() > NAMED_SOURCES ? Set.of() : sources;
        CatalogWalk<Item> all = new CatalogWalk<>(upstream, models(named), listing(named), search::read);
        boolean understood = all.read(maxModels, search::goesOn, search::take);
        boolean oneByOne = !understood || (!named.isEmpty() && search.sawOneSource());
        if (sources.size() == 1 || search.missing.isEmpty() || !oneByOne) {
            return search.result(all.atEnd());
        }
        // Older servers need one source, and know of no more than one.
        boolean complete = !understood || all.atEnd();
        sources.removeAll(search.seenSources);
        for (String source : sources) {
            CatalogWalk<Item> walk =
                    new CatalogWalk<>(upstream, models(Set.of(source)), listing(Set.of(source)), search::read);
            complete &= walk.read(maxModels, search::goesOn, search::take) && walk.atEnd();
        }
        return search.result(complete);
    }

    /** See {@link ModelCatalogClient#selectedCards}. */
    ListedCards select(Collection<ModelCardReference> wanted, Consumer<CardAnswer> found) throws InterruptedException {
        Search search = new Search(wanted, found);
        boolean selects = true;
        for (List<String> names : conditions(search.byName.keySet())) {
            if (selects) {
                Set<String> asked = new HashSet<>(names);
                HttpUrl url = upstream.url()
                        .addPathSegment("models")
                        .addQueryParameter("filterQuery", NAME + " IN ('" + String.join("','", names) + "')")
                        .build();
                CatalogWalk<Item> walk =
                        new CatalogWalk<>(upstream, url, "looking models up by name in the list", search::read);
                search.strangers = false;
                boolean understood = walk.read(Integer.MAX_VALUE, () -> !search.strangers, items -> {
                    search.strangers |= items.stream().anyMatch(item -> !asked.contains(item.name()));
                    search.take(items);
                });
                selects = understood && walk.atEnd() && !search.strangers;
            }
        }
        // A server that finds none of so many does not understand what it was asked, or so it must be assumed.
        boolean foundAny = search.missing.size() < wanted.size();
        return search.result(selects && foundAny && search.missing.stream().allMatch(CatalogLists::isQuotable));
    }

    /** See {@link ModelCatalogClient#models}. */
    boolean references(int maxModels, Consumer<ModelCardReference> found) throws InterruptedException {
        CatalogWalk<Item> all = references(Set.of());
        if (all.read(maxModels, () -> true, items -> accept(items, null, found))) {
            return all.atEnd();
        }
        boolean complete = true;
        for (String source : sources()) {
            CatalogWalk<Item> walk = references(Set.of(source));
            complete &= walk.read(maxModels, () -> true, items -> accept(items, source, found)) && walk.atEnd();
        }
        return complete;
    }

    private CatalogWalk<Item> references(Set<String> sources) {
        return new CatalogWalk<>(
                upstream,
                models(sources),
                listing(sources),
                parser -> items(parser, WITHOUT_CARD, (fields, name) -> List.of()));
    }

    private static void accept(List<Item> items, @Nullable String listed, Consumer<ModelCardReference> found) {
        for (Item item : items) {
            String source = item.source() == null ? listed : item.source();
            int slash = item.name().indexOf('/');
            if (source != null && slash > 0 && slash < item.name().length() - 1) {
                found.accept(new ModelCardReference(
                        source, item.name().substring(0, slash), item.name().substring(slash + 1)));
            }
        }
    }

    private List<String> sources() throws InterruptedException {
        List<String> ids = new ArrayList<>();
        CatalogWalk<String> walk = new CatalogWalk<>(
                upstream, upstream.url().addPathSegment("sources").build(), "listing the sources", CatalogLists::ids);
        walk.read(Integer.MAX_VALUE, () -> true, ids::addAll);
        return ids;
    }

    private static List<String> ids(JsonParser parser) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                try {
                    ids.add(ItemFields.read(parser, Set.of("id")).requiredText("id"));
                } catch (UnreadableFieldException e) {
                    log.debug("a source makes no sense in the list: {}", e.getMessage());
                }
            } else {
                parser.skipChildren();
            }
        }
        return ids;
    }

    private HttpUrl models(Set<String> sources) {
        HttpUrl.Builder url = upstream.url().addPathSegment("models");
        sources.forEach(source -> url.addQueryParameter("source", source));
        return url.build();
    }

    private static String listing(Set<String> sources) {
        return sources.isEmpty()
                ? "listing the models"
                : "listing the models of source \"" + String.join("\", \"", sources) + '"';
    }

    private static boolean isQuotable(ModelCardReference reference) {
        return isQuotable(ModelCatalogClient.modelName(reference));
    }

    private static boolean isQuotable(String name) {
        return name.chars().noneMatch(c -> c == '\'' || c == '\\' || c < ' ') && name.length() < LONGEST_CONDITION / 4;
    }

    /** The names in lists of which each makes a condition that is not too long. */
    private static List<List<String>> conditions(Collection<String> names) {
        List<List<String>> conditions = new ArrayList<>();
        List<String> current = new ArrayList<>();
        int length = 0;
        for (String name : new TreeSet<>(names)) {
            if (isQuotable(name)) {
                // Quotes, the comma and the slash are three characters each when they are encoded.
                int more = name.length() + 11;
                if (length + more > LONGEST_CONDITION) {
                    conditions.add(current);
                    current = new ArrayList<>();
                    length = 0;
                }
                current.add(name);
                length += more;
            }
        }
        if (!current.isEmpty()) {
            conditions.add(current);
        }
        return conditions;
    }

    /** Takes what is wanted of a model out of its fields. */
    @FunctionalInterface
    private interface Answers {
        List<CardAnswer> of(ItemFields fields, String name) throws UnreadableFieldException;
    }

    private static List<Item> items(JsonParser parser, Set<String> fieldNames, Answers answers) throws IOException {
        List<Item> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            ItemFields fields = ItemFields.read(parser, fieldNames);
            try {
                String name = fields.text(NAME);
                if (name != null) {
                    items.add(new Item(fields.text(SOURCE_ID), name, answers.of(fields, name)));
                }
            } catch (UnreadableFieldException e) {
                // It counts as not found, is asked for alone, and then says what is wrong.
                log.debug("a model makes no sense in the list: {}", e.getMessage());
            }
        }
        return items;
    }

    /** A search for cards through one or several lists. Confined to one thread but for reading. */
    private final class Search {
        private final Map<String, List<ModelCardReference>> byName = new HashMap<>();
        private final Set<ModelCardReference> missing;
        private final Set<String> seenSources = new HashSet<>();
        private final Consumer<CardAnswer> found;
        /** Whether a list had models that were not asked for. */
        private boolean strangers;

        Search(Collection<ModelCardReference> wanted, Consumer<CardAnswer> found) {
            for (ModelCardReference reference : wanted) {
                byName.computeIfAbsent(ModelCatalogClient.modelName(reference), name -> new ArrayList<>())
                        .add(reference);
            }
            this.missing = new LinkedHashSet<>(wanted);
            this.found = found;
        }

        List<Item> read(JsonParser parser) throws IOException {
            return items(parser, WITH_CARD, this::answers);
        }

        private List<CardAnswer> answers(ItemFields fields, String name) throws UnreadableFieldException {
            List<CardAnswer> answers = new ArrayList<>();
            String source = fields.text(SOURCE_ID);
            for (ModelCardReference reference : byName.getOrDefault(name, List.of())) {
                if (source == null || source.equals(reference.source())) {
                    answers.add(limit.answer(reference, fields.text(README)));
                }
            }
            return answers;
        }

        void take(List<Item> items) {
            for (Item item : items) {
                if (item.source() != null) {
                    seenSources.add(item.source());
                }
                for (CardAnswer answer : item.answers()) {
                    if (missing.remove(answer.reference())) {
                        found.accept(answer);
                    }
                }
            }
        }

        boolean goesOn() {
            return !missing.isEmpty();
        }

        /** Whether no more than one source was seen, though several were asked for. */
        boolean sawOneSource() {
            return seenSources.size() <= 1;
        }

        ListedCards result(boolean complete) {
            return new ListedCards(missing, complete);
        }
    }
}
