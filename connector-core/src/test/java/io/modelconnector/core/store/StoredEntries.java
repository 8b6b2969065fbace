package io.modelconnector.core.store;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Entries as a normalizer would have made them. */
public final class StoredEntries {
    private StoredEntries() {}

    /** An entry without a card. */
    public static StoredEntry entry(String first, String second) {
        return entry(first, second, "A model for tests.");
    }

    /** An entry without a card, with a description that tells its states apart. */
    public static StoredEntry entry(String first, String second, String description) {
        return entry(first, second, description, null);
    }

    /** An entry with a card. */
    public static StoredEntry entry(String first, String second, String description, @Nullable StoredCard card) {
        return new StoredEntry(
                new EntryKey(first, second),
                Payload.of(catalog(first + '-' + second.toLowerCase(Locale.ROOT), description)
                        .getBytes(StandardCharsets.UTF_8)),
                StoredEntry.REGISTRY,
                "1763020800000",
                card,
                PortalRegistration.NONE);
    }

    /** A model catalog with one model. */
    public static String catalog(String name, String description) {
        return "{\"models\":[{\"name\":\"" + name + "\",\"owner\":\"jane\",\"description\":\"" + description
                + "\",\"lifecycle\":\"production\"}]}";
    }

    /** The text of an entry's payload. */
    public static String text(StoredEntry entry) {
        return StandardCharsets.UTF_8.decode(entry.body().bytes()).toString();
    }

    /** Text as it is in a record. */
    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of a text. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
