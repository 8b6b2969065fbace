package io.modelconnector.core.store;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is kept: the bytes that are served, and what else must survive a restart. Immutable and thread-safe.
 *
 * @param key its identity
 * @param body its bytes, in the format in which it is served
 * @param type which side knows it: {@value #REGISTRY} or {@value #SERVING}, as the existing stores name them
 * @param lastUpdate when the registry last changed it, in milliseconds since 1970, as text; null if it does not say so
 * @param card its model card, if it has one
 * @param registration under which location a portal knows it
 */
public record StoredEntry(
        EntryKey key,
        Payload body,
        String type,
        @Nullable String lastUpdate,
        @Nullable StoredCard card,
        PortalRegistration registration) {
    /** The type of entries that a registry knows. */
    public static final String REGISTRY = "kubeflow";

    /** The type of entries that only the serving side knows. */
    public static final String SERVING = "kserve";

    /** Checks what is required. */
    public StoredEntry {
        requireNonNull(key, "key");
        requireNonNull(body, "body");
        requireNonNull(type, "type");
        requireNonNull(registration, "registration");
    }

    /**
     * What tells two states of an entry apart. The registration makes no difference; a card whose text is not kept does,
     * so that whoever has the text sends it again.
     */
    public String digest() {
        return digest(key, body, type, lastUpdate, card, card != null && card.markdown() != null);
    }

    /**
     * The digest of an entry whose card's text need not be at hand.
     *
     * @param textKept whether to make the digest of an entry whose card's text is kept
     */
    public static String digest(
            EntryKey key,
            Payload body,
            String type,
            @Nullable String lastUpdate,
            @Nullable StoredCard card,
            boolean textKept) {
        String ofCard = card == null ? "" : card.key() + '\n' + card.digest() + '\n' + textKept;
        return ContentDigest.of(
                String.join("\n", key.toString(), body.etag(), type, lastUpdate == null ? "" : lastUpdate, ofCard));
    }

    /**
     * This entry as it takes the place of an earlier state of it: the registration stays, and so does the card where only
     * its key was given.
     *
     * @param known the earlier state; null if there is none
     */
    public StoredEntry replacing(@Nullable StoredEntry known) {
        if (known == null) {
            return withRegistration(PortalRegistration.NONE);
        }
        StoredCard before = known.card();
        boolean keepsCard = card != null
                && card.markdown() == null
                && before != null
                && before.key().equals(card.key());
        return new StoredEntry(key, body, type, lastUpdate, keepsCard ? before : card, known.registration());
    }

    /** The same entry, registered otherwise. */
    public StoredEntry withRegistration(PortalRegistration other) {
        return new StoredEntry(key, body, type, lastUpdate, card, other);
    }

    /** The same entry with another state of its card. */
    public StoredEntry withCard(@Nullable StoredCard other) {
        return new StoredEntry(key, body, type, lastUpdate, other, registration);
    }

    @Override
    public String toString() {
        return "StoredEntry[" + key + ", " + body.length() + " bytes]";
    }
}
