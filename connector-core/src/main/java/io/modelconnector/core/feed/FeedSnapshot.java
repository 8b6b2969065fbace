package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The feed at one moment. Immutable and thread-safe; what is served is computed when it is published, not per request (but
 * an entry that somebody wants compressed, which is done once).
 */
public final class FeedSnapshot {
    private static final FeedSnapshot UNPUBLISHED =
            new FeedSnapshot(false, false, List.of(), List.of(), Map.of(), List.of());

    private final boolean published;
    private final boolean complete;
    private final List<FeedEntry> entries;
    private final List<Problem> problems;
    private final Map<FeedFormat, Payload> lists;
    private final Map<String, FeedEntry> byLocation;
    private final Map<String, FeedEntry> byImportKey;
    private final Map<String, FeedEntry> departed;
    private final Map<String, FeedEntry> cardHolders;

    private FeedSnapshot(
            boolean published,
            boolean complete,
            List<FeedEntry> entries,
            List<Problem> problems,
            Map<FeedFormat, Payload> lists,
            Collection<FeedEntry> departed) {
        this.published = published;
        this.complete = complete;
        this.entries = List.copyOf(entries);
        this.problems = problems.stream()
                .sorted(Comparator.comparing(Problem::item).thenComparing(Problem::message))
                .toList();
        this.lists = Map.copyOf(lists);
        this.byLocation = new HashMap<>(entries.size() * 2);
        this.byImportKey = new HashMap<>(entries.size() * 2);
        this.departed = new HashMap<>();
        this.cardHolders = new HashMap<>();
        for (FeedEntry entry : entries) {
            byLocation.put(entry.key().toString(), entry);
            byImportKey.put(entry.key().importKey(), entry);
            CardVersion card = entry.entry().card();
            if (card != null) {
                cardHolders.merge(card.reference().key(), entry, FeedSnapshot::fresher);
            }
        }
        for (FeedEntry entry : departed) {
            this.departed.put(entry.key().toString(), entry);
            CardVersion card = entry.entry().card();
            if (card != null) {
                cardHolders.putIfAbsent(card.reference().key(), entry);
            }
        }
    }

    private static FeedEntry fresher(FeedEntry one, FeedEntry other) {
        return other.stoodInBy() == null ? other : one;
    }

    /** What a feed has before its first publication. */
    static FeedSnapshot unpublished() {
        return UNPUBLISHED;
    }

    static FeedSnapshot of(
            boolean complete,
            List<FeedEntry> entries,
            List<Problem> problems,
            Map<FeedFormat, Payload> lists,
            Collection<FeedEntry> departed) {
        return new FeedSnapshot(true, complete, entries, problems, lists, departed);
    }

    /** This snapshot without some of the entries that had left. */
    FeedSnapshot withDeparted(Collection<FeedEntry> remaining) {
        return new FeedSnapshot(published, complete, entries, problems, lists, remaining);
    }

    /**
     * Whether this is a publication at all. Before the first one there are no entries, which must not be mistaken for an
     * empty feed: a portal would delete everything.
     */
    public boolean published() {
        return published;
    }

    /**
     * Whether these are known to be all entries that there are: every part of every source was read completely since the
     * start, and nothing of it is only there, or doubted, because a {@linkplain ModelFeedBuilder#store store} had it, which
     * includes that the store has told what it had. While it is false, what is missing here need not be gone.
     */
    public boolean complete() {
        return complete;
    }

    /** All entries, sorted by key. */
    public List<FeedEntry> entries() {
        return entries;
    }

    /** What is wrong with single items of this snapshot; sorted. */
    public List<Problem> problems() {
        return problems;
    }

    /** Finds a published entry by its key. */
    public Optional<FeedEntry> entry(EntryKey key) {
        return Optional.ofNullable(byLocation.get(key.toString()));
    }

    /** Finds a published entry by its {@linkplain EntryKey#importKey() import key}, looked up whole. */
    public Optional<FeedEntry> entryByImportKey(String importKey) {
        return Optional.ofNullable(byImportKey.get(importKey));
    }

    /**
     * Finds an entry that may be read: a published one, or one that left so recently that a reader may have seen it in
     * the list.
     *
     * @param location the two segments of its key, joined by a slash
     */
    public Optional<FeedEntry> readable(String location) {
        FeedEntry entry = byLocation.get(location);
        return Optional.ofNullable(entry != null ? entry : departed.get(location));
    }

    /** Entries that left and may still be read. */
    Collection<FeedEntry> departed() {
        return departed.values();
    }

    /**
     * The list of the paths of all entries that can be written in a format: {@code {"uris":[…]}}, sorted.
     *
     * @param format a format of the feed
     * @return the list's bytes; nothing if the feed does not have that format or nothing is published
     */
    public Optional<Payload> list(FeedFormat format) {
        return Optional.ofNullable(lists.get(format));
    }

    /** Finds a model card by its card key, of a published entry or of one that has just left. */
    public Optional<CardVersion> card(String cardKey) {
        return cardHolder(cardKey).map(holder -> holder.entry().card());
    }

    /** The entry that is asked for a card where the sources do not have it. */
    Optional<FeedEntry> cardHolder(String cardKey) {
        return Optional.ofNullable(cardHolders.get(cardKey));
    }

    @Override
    public String toString() {
        return published ? "FeedSnapshot[" + entries.size() + " entries]" : "FeedSnapshot[not published]";
    }
}
