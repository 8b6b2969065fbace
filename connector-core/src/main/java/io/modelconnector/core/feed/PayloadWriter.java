package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.internal.UriList;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes entries and lists in all formats of the feed. */
final class PayloadWriter {
    private final List<FeedFormat> formats;

    PayloadWriter(List<FeedFormat> formats) {
        this.formats = formats;
    }

    /**
     * Writes an entry in each format that can say it. One that cannot becomes a problem of the entry, and keeps what it said
     * of the entry before, if it did.
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
            try {
                payloads.put(format, Payload.of(format.write(entry)));
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                Optional<Payload> known = before == null ? Optional.empty() : before.payload(format);
                known.ifPresent(payload -> payloads.put(format, payload));
                problems.add(new Problem(
                        entry.origin().id(),
                        "entry " + entry.key() + " cannot be written as " + format.name()
                                + (known.isPresent() ? " and stays as it was there: " : " and is left out there: ")
                                + e));
            }
        }
        return new FeedEntry(entry, payloads, problems, stoodInBy);
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
        return UriList.write(entries.stream()
                .filter(entry -> entry.payload(format).isPresent())
                .map(entry -> entry.key().path(format.fileName()))
                .iterator());
    }
}
