package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the feed as the store is to have it.
 *
 * @param entry the entry
 * @param stored what is to be stored; if it is not a stored entry already, without the text of its card
 * @param digest the digest that the store tells when it has it, with that text
 */
record StorableEntry(FeedEntry entry, StoredEntry stored, String digest) {

    /** An entry as it is to be stored; nothing if it cannot be written in the format. */
    static Optional<StorableEntry> of(FeedEntry entry, FeedFormat format) {
        StoredEntry stoodIn = entry.stoodInBy();
        if (stoodIn != null) {
            StoredEntry unregistered = stoodIn.withRegistration(PortalRegistration.NONE);
            return Optional.of(new StorableEntry(entry, unregistered, unregistered.digest()));
        }
        return entry.payload(format).map(payload -> of(entry, payload));
    }

    private static StorableEntry of(FeedEntry feedEntry, Payload payload) {
        CatalogEntry entry = feedEntry.entry();
        String type = entry.origin().kind() == EntryOrigin.Kind.SERVING ? StoredEntry.SERVING : StoredEntry.REGISTRY;
        String lastUpdate = entry.lastUpdate() == null
                ? null
                : Long.toString(entry.lastUpdate().toEpochMilli());
        CardVersion version = entry.card();
        StoredCard card =
                version == null ? null : new StoredCard(version.reference().key(), version.digest(), null);
        StoredEntry stored = new StoredEntry(entry.key(), payload, type, lastUpdate, card, PortalRegistration.NONE);
        return new StorableEntry(
                feedEntry, stored, StoredEntry.digest(entry.key(), payload, type, lastUpdate, card, true));
    }

    String importKey() {
        return stored.key().importKey();
    }

    /** Whether it is of the store itself, so that the store can only lack it altogether. */
    boolean standsIn() {
        return entry.stoodInBy() != null;
    }

    /** The card whose text has to be asked for; null if there is none. */
    @Nullable
    CardVersion card() {
        return standsIn() ? null : entry.entry().card();
    }

    /** What is to be stored, with the text of its card. */
    StoredEntry withText(String markdown) {
        StoredCard card = stored.card();
        return card == null ? stored : stored.withCard(new StoredCard(card.key(), card.digest(), markdown));
    }
}
