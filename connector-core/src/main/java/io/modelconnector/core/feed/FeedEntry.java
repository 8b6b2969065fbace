package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry as it is served: the entry and its bytes in each of the feed's formats. Immutable and thread-safe.
 */
public final class FeedEntry {
    private final CatalogEntry entry;
    private final Map<FeedFormat, Payload> payloads;
    private final List<Problem> problems;

    FeedEntry(CatalogEntry entry, Map<FeedFormat, Payload> payloads, List<Problem> problems) {
        this.entry = entry;
        this.payloads = Map.copyOf(payloads);
        this.problems = List.copyOf(problems);
    }

    /** The entry's key. */
    public EntryKey key() {
        return entry.key();
    }

    /** The entry, independent of formats. */
    public CatalogEntry entry() {
        return entry;
    }

    /**
     * The entry's bytes in one format.
     *
     * @param format a format of the feed
     * @return the bytes; nothing if the feed does not have that format, or if the entry cannot be written in it
     */
    public Optional<Payload> payload(FeedFormat format) {
        return Optional.ofNullable(payloads.get(format));
    }

    /** The formats in which it cannot be written, and why. */
    List<Problem> problems() {
        return problems;
    }

    @Override
    public String toString() {
        return "FeedEntry[" + entry.key() + ']';
    }
}
