package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Entries as the normalizer makes them. */
final class SampleEntries {
    private SampleEntries() {}

    static StoredEntry entry(String model, String version, String description) {
        String payload = "{\"models\":[{\"name\":\"" + model + '-' + version + "\",\"owner\":\"ml\",\"description\":\""
                + description + "\",\"lifecycle\":\"production\"}]}";
        return new StoredEntry(
                new EntryKey(model, version),
                Payload.of(payload.getBytes(StandardCharsets.UTF_8)),
                StoredEntry.REGISTRY,
                "1763020800000",
                null,
                PortalRegistration.NONE);
    }

    static StoredEntry withCard(String model, String version, String markdown) {
        return entry(model, version, "Has a card.").withCard(StoredCard.of("lab" + model, markdown));
    }

    static List<StoredEntry> many(int count) {
        List<StoredEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry("granite-" + i, "v1", "Chat."));
        }
        return entries;
    }

    static String text(StoredEntry entry) {
        return StandardCharsets.UTF_8.decode(entry.body().bytes()).toString();
    }
}
