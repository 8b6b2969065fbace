package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.InexpressibleEntryException;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes entries and lists in all formats of the feed. */
final class PayloadWriter {
    private static final String CANNOT_BE_WRITTEN = " cannot be written as ";

    private final List<FeedFormat> formats;

    PayloadWriter(List<FeedFormat> formats) {
        this.formats = formats;
    }

    /**
     * Writes an entry in each format that can say it. One that cannot becomes a problem of the entry; one that fails keeps what
     * it said of the entry before, if it did.
     */
    FeedEntry write(CatalogEntry entry, @Nullable FeedEntry before) {
        return write(entry, before, Map.of(), null);
    }

    /**
     * Makes an entry of a stored one, with its bytes as they are: what is stored is in the first format. They are taken for
     * that only if the format is JSON, since they were read as JSON.
     */
    FeedEntry standIn(CatalogEntry entry, StoredEntry stored) {
        FeedFormat first = formats.get(0);
        boolean json = first.contentType().startsWith("application/json");
        return write(entry, null, json ? Map.of(first, stored.body()) : Map.of(), stored);
    }

    private FeedEntry write(
            CatalogEntry entry,
            @Nullable FeedEntry before,
            Map<FeedFormat, Payload> given,
            @Nullable StoredEntry stoodInBy) {
        Map<FeedFormat, Payload> payloads = new HashMap<>(given);
        List<Problem> problems = new ArrayList<>();
        for (FeedFormat format : formats) {
            if (given.containsKey(format)) {
                continue;
            }
            Payload known = before == null ? null : before.payload(format).orElse(null);
            Payload payload = write(entry, format, known, problems);
            if (payload != null) {
                payloads.put(format, payload);
            }
        }
        return new FeedEntry(entry, payloads, problems, stoodInBy);
    }

    private static @Nullable Payload write(
            CatalogEntry entry, FeedFormat format, @Nullable Payload known, List<Problem> problems) {
        Set<String> losses = new LinkedHashSet<>();
        try {
            Payload payload = Payload.of(format.write(entry, losses::add));
            losses.forEach(loss -> problems.add(problem(entry, " loses something as " + format.name() + ": " + loss)));
            return payload;
        } catch (InexpressibleEntryException e) {
            problems.add(
                    problem(entry, CANNOT_BE_WRITTEN + format.name() + " and is left out there: " + e.getMessage()));
            return null;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            String consequence = known == null ? " and is left out there: " : " and stays as it was there: ";
            problems.add(problem(entry, CANNOT_BE_WRITTEN + format.name() + consequence + e));
            return known;
        }
    }

    /** The list of the entries in each format, without those that cannot be written in it. */
    Map<FeedFormat, Payload> lists(List<FeedEntry> entries) {
        Map<FeedFormat, Payload> lists = new HashMap<>();
        for (FeedFormat format : formats) {
            Payload list = Payload.of(list(entries, format));
            list.compress();
            lists.put(format, list);
        }
        return lists;
    }

    private static byte[] list(List<FeedEntry> entries, FeedFormat format) {
        return format.writeList(entries.stream()
                .filter(entry -> entry.payload(format).isPresent())
                .map(FeedEntry::entry)
                .toList());
    }

    private static Problem problem(CatalogEntry entry, String what) {
        return new Problem(entry.origin().id(), "entry " + entry.key() + what);
    }
}
