package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoredEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is served: the entry and its bytes in each of the feed's formats. Immutable and thread-safe.
 */
public final class FeedEntry {
    private final CatalogEntry entry;
    private final Map<FeedFormat, Payload> payloads;
    private final List<Problem> problems;
    private final @Nullable StoredEntry stoodInBy;

    FeedEntry(
            CatalogEntry entry,
            Map<FeedFormat, Payload> payloads,
            List<Problem> problems,
            @Nullable StoredEntry stoodInBy) {
        this.entry = entry;
        this.payloads = Map.copyOf(payloads);
        this.problems = List.copyOf(problems);
        this.stoodInBy = stoodInBy;
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

    /** Whether it is served as a {@linkplain ModelFeedBuilder#store store} had it, because no source shows it. */
    public boolean standsIn() {
        return stoodInBy != null;
    }

    /** The stored entry that it is, as long as no source shows it; null for an entry of the sources. */
    @Nullable
    StoredEntry stoodInBy() {
        return stoodInBy;
    }

    /** Whether both are served alike in every format. */
    boolean servedAs(FeedEntry other) {
        return payloads.keySet().equals(other.payloads.keySet())
                && payloads.entrySet().stream()
                        .allMatch(mine -> mine.getValue()
                                .etag()
                                .equals(other.payload(mine.getKey())
                                        .map(Payload::etag)
                                        .orElse("")));
    }

    @Override
    public String toString() {
        return "FeedEntry[" + entry.key() + ']';
    }
}
