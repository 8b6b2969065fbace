package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what the store should have with what it says to have. Used by one thread. */
final class StoreContents {
    private final FeedFormat format;
    private final CardTexts texts;
    private FeedSnapshot snapshot = FeedSnapshot.unpublished();
    /** By import key; those that did not change are the same objects, so that their digests are not computed again. */
    private Map<String, StorableEntry> entries = Map.of();

    private SortedMap<String, String> listed = new TreeMap<>();
    /** The digests of what was written. They count where the store cannot tell, and where it lacks a card that cannot be read. */
    private final Map<String, String> written = new HashMap<>();

    StoreContents(FeedFormat format, CardTexts texts) {
        this.format = format;
        this.texts = texts;
    }

    /** Takes what is published, which is what the store should have. */
    void show(FeedSnapshot published) {
        if (published == snapshot) {
            return;
        }
        Map<String, StorableEntry> next =
                new LinkedHashMap<>(published.entries().size() * 2);
        Set<CardVersion> cards = new HashSet<>();
        for (FeedEntry entry : published.entries()) {
            StorableEntry known = entries.get(entry.key().importKey());
            Optional<StorableEntry> storable =
                    known != null && known.entry() == entry ? Optional.of(known) : StorableEntry.of(entry, format);
            storable.ifPresent(found -> next.put(found.importKey(), found));
            Optional.ofNullable(entry.entry().card()).ifPresent(cards::add);
        }
        snapshot = published;
        entries = next;
        texts.retain(cards);
    }

    /** Forgets what was written: another process may have written since. */
    void forgetWritten() {
        written.clear();
    }

    /**
     * What to change in the store.
     *
     * @param listing what it says to have
     * @return the change; null if it has what it should have
     */
    @Nullable
    StoreUpdate update(StoreListing listing) {
        listed = listing.digests();
        written.keySet().retainAll(listed.keySet());
        List<StoredEntry> lacking = new ArrayList<>();
        for (StorableEntry entry : entries.values()) {
            StoredEntry toWrite = toWrite(entry);
            if (toWrite != null) {
                lacking.add(toWrite);
            }
        }
        Set<String> keySet = keySet(listing);
        return lacking.isEmpty() && keySet == null ? null : new StoreUpdate(lacking, keySet, Map.of());
    }

    private @Nullable StoredEntry toWrite(StorableEntry entry) {
        String key = entry.importKey();
        String told = listed.get(key);
        CardVersion card = entry.card();
        if (told != null && entry.standsIn()) {
            return null;
        }
        String known = told == null || told.isEmpty() ? written.get(key) : told;
        if (entry.digest().equals(known)) {
            if (card != null) {
                texts.kept(card);
            }
            return null;
        }
        if (card == null) {
            return entry.stored();
        }
        boolean onlyText = lacksOnlyText(entry, known);
        Optional<String> text = texts.text(card, onlyText);
        if (text.isPresent()) {
            return entry.withText(text.get());
        }
        return onlyText ? null : entry.stored();
    }

    /** A store may keep the text that the card had before, in which case what it tells is neither. */
    private boolean lacksOnlyText(StorableEntry entry, @Nullable String known) {
        String withoutText = entry.stored().digest();
        return withoutText.equals(known) || withoutText.equals(written.get(entry.importKey()));
    }

    /** Everything that there is, if that is known and the store has more or was never told. */
    private @Nullable Set<String> keySet(StoreListing listing) {
        boolean more = listed.keySet().stream()
                .anyMatch(key -> snapshot.entryByImportKey(key).isEmpty());
        if (!snapshot.complete() || (listing.complete() && !more)) {
            return null;
        }
        Set<String> keys = new HashSet<>(snapshot.entries().size() * 2);
        snapshot.entries().forEach(entry -> keys.add(entry.key().importKey()));
        return keys;
    }

    /** An update was made. */
    void wrote(StoreUpdate update) {
        update.entries().forEach(entry -> written.put(entry.key().importKey(), entry.digest()));
    }

    /** An update was perhaps made, or a part of it. */
    void mayHaveWritten(StoreUpdate update) {
        update.entries().forEach(entry -> written.remove(entry.key().importKey()));
    }

    /** How many entries the store lacked when it last told what it has, and that were not written since. */
    int waiting() {
        int waiting = 0;
        for (StorableEntry entry : entries.values()) {
            String key = entry.importKey();
            String known = written.getOrDefault(key, listed.getOrDefault(key, ""));
            boolean stored =
                    entry.standsIn() ? listed.containsKey(key) : entry.digest().equals(known);
            if (!stored && !lacksOnlyText(entry, known)) {
                waiting++;
            }
        }
        return waiting;
    }
}
