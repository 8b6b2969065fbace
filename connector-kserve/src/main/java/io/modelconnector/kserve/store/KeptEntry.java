package io.modelconnector.kserve.store;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.store.EntryRecord;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/** What is kept in memory of an entry's record: the entry without the text of its card, and the fields of others. Immutable. */
final class KeptEntry implements StoredValue<KeptEntry> {
    private final @Nullable StoredEntry entry;
    private final byte @Nullable [] otherFields;
    private final int bytes;
    private final @Nullable String damage;

    private KeptEntry(@Nullable StoredEntry entry, byte @Nullable [] otherFields, int bytes, @Nullable String damage) {
        this.entry = entry;
        this.otherFields = otherFields;
        this.bytes = bytes;
        this.damage = damage;
    }

    /** Reads a record. One that makes no sense is kept as damaged. */
    static KeptEntry read(String importKey, byte[] json) {
        byte[] otherFields = EntryRecord.otherFields(json);
        try {
            return new KeptEntry(withoutText(EntryRecord.read(importKey, json)), otherFields, json.length, null);
        } catch (MalformedResponseException e) {
            return new KeptEntry(null, otherFields, json.length, e.getMessage());
        }
    }

    /**
     * Writes a record.
     *
     * @param before what it replaces, whose other fields stay; null if there is nothing
     */
    static Put<KeptEntry> put(StoredEntry entry, @Nullable KeptEntry before) {
        byte[] otherFields = before == null ? null : before.otherFields;
        byte[] json = EntryRecord.write(entry, otherFields);
        return new Put<>(new KeptEntry(withoutText(entry), otherFields, json.length, null), json);
    }

    /** The entry; null if the record is damaged. */
    @Nullable
    StoredEntry entry() {
        return entry;
    }

    /** What is wrong with the record; null if nothing is. */
    @Nullable
    String damage() {
        return damage;
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public boolean isNewerThan(KeptEntry other) {
        if (entry == null || other.entry == null) {
            return entry != null;
        }
        Long updated = number(entry.lastUpdate());
        Long otherUpdated = number(other.entry.lastUpdate());
        return updated != null && otherUpdated != null && updated > otherUpdated;
    }

    @Override
    public boolean sameAs(KeptEntry other) {
        if (entry == null || other.entry == null) {
            return entry == null && other.entry == null && bytes == other.bytes;
        }
        return same(entry, other.entry);
    }

    /** Whether two entries would be written alike. */
    static boolean same(StoredEntry one, StoredEntry other) {
        return digest(one).equals(digest(other)) && one.registration().equals(other.registration());
    }

    /** The entry as it is kept: texts of cards are kept apart. */
    static StoredEntry withoutText(StoredEntry entry) {
        StoredCard card = entry.card();
        return card == null ? entry : entry.withCard(card.withoutText());
    }

    private static String digest(StoredEntry entry) {
        return StoredEntry.digest(entry.key(), entry.body(), entry.type(), entry.lastUpdate(), entry.card(), false);
    }

    private static @Nullable Long number(@Nullable String lastUpdate) {
        try {
            return lastUpdate == null ? null : Long.valueOf(lastUpdate);
        } catch (NumberFormatException e) {
            // Some registries may write dates.
            return null;
        }
    }
}
