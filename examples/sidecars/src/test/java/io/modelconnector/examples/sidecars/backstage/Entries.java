package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Entries for tests, and what they are to Backstage. */
final class Entries {
    static final URI BASE = URI.create("http://bridge.models.svc:9090");
    static final EntryKey GRANITE = new EntryKey("granite-3.1-8b-instruct", "v1");
    static final EntryKey LLAMA = new EntryKey("llama-3.3-70b", "fp8");
    static final EntryKey MISTRAL = new EntryKey("mistral_small", "2503");

    private Entries() {}

    static String target(EntryKey key) {
        return BASE + key.path("model-catalog.json");
    }

    static StoredEntry entry(EntryKey key) {
        String json = "{\"models\":[{\"name\":\"%s-%s\",\"owner\":\"ml-platform\",\"lifecycle\":\"production\"}]}"
                .formatted(key.first(), key.second());
        return new StoredEntry(
                key,
                Payload.of(json.getBytes(StandardCharsets.UTF_8)),
                StoredEntry.REGISTRY,
                "1763020800000",
                null,
                PortalRegistration.NONE);
    }

    /** Stores entries, and says that they are all. */
    static void store(EntryStore store, EntryKey... keys) throws InterruptedException {
        List<StoredEntry> entries = new ArrayList<>();
        Set<String> keySet = new HashSet<>();
        for (EntryKey key : keys) {
            entries.add(entry(key));
            keySet.add(key.importKey());
        }
        StoreUpdate update = new StoreUpdate(entries, keySet, Map.of());
        store.write(update);
    }

    static PortalRegistration noted(EntryStore store, EntryKey key) throws InterruptedException {
        return store.fetch(key.importKey()).orElseThrow().registration();
    }
}
