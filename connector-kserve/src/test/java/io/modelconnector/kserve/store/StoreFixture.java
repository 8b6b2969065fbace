package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.testing.Eventually.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.EntryRecord;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.Json;
import io.modelconnector.kserve.testing.ObjectRequests.Call;
import io.modelconnector.kserve.testing.Threads;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores in one namespace of an API server, and time that the test drives. */
final class StoreFixture implements AutoCloseable {
    static final String NAMESPACE = "ai-rhdh";
    static final String FIRST = "bac-import-model";
    static final String FILLING = "modelconnector.io/filling";
    private static final String PLURAL = "configmaps";

    final FakeApiServer server = FakeApiServer.start();
    final StoreTiming timing = new StoreTiming();
    private final List<ConfigMapEntryStore> stores = new ArrayList<>();
    private volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");

    /** A store with the defaults. */
    ConfigMapEntryStore store() {
        return store(builder -> builder);
    }

    /** A store with settings. */
    ConfigMapEntryStore store(UnaryOperator<ConfigMapEntryStore.Builder> settings) {
        ConfigMapEntryStore.Builder builder = ConfigMapEntryStore.builder(server.client(), NAMESPACE)
                .linger(Duration.ZERO)
                .timing(timing)
                .clock(clock());
        ConfigMapEntryStore store = settings.apply(builder).build();
        stores.add(store);
        return store;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** Lets the clock on the wall go on. */
    void tick() {
        now = now.plusSeconds(1);
    }

    static StoredEntry entry(String model, String version) {
        return entry(model, version, model + ' ' + version);
    }

    static StoredEntry entry(String model, String version, String body) {
        return new StoredEntry(
                new EntryKey(model, version),
                Payload.of(body.getBytes(StandardCharsets.UTF_8)),
                StoredEntry.REGISTRY,
                "1763020800000",
                null,
                PortalRegistration.NONE);
    }

    /** An entry whose record takes that many bytes, less three at most. */
    static StoredEntry large(String model, int recordBytes) {
        int rest = recordBytes - EntryRecord.write(entry(model, "v1", ""), null).length;
        return entry(model, "v1", "x".repeat(rest / 4 * 3));
    }

    static StoredEntry withCard(StoredEntry entry, String cardKey, String markdown) {
        return entry.withCard(StoredCard.of(cardKey, markdown));
    }

    static StoreOutcome write(ConfigMapEntryStore store, StoredEntry... entries) throws InterruptedException {
        return store.write(StoreUpdate.of(Arrays.asList(entries)));
    }

    static StoreOutcome keepOnly(ConfigMapEntryStore store, String... keys) throws InterruptedException {
        return store.write(StoreUpdate.keepingOnly(Set.of(keys)));
    }

    static String body(ConfigMapEntryStore store, String importKey) throws InterruptedException {
        return store.fetch(importKey)
                .map(entry ->
                        StandardCharsets.UTF_8.decode(entry.body().bytes()).toString())
                .orElse("");
    }

    static @Nullable String card(ConfigMapEntryStore store, String importKey) throws InterruptedException {
        StoredCard card = store.fetch(importKey).orElseThrow().card();
        return card == null ? null : card.markdown();
    }

    static Set<String> keys(ConfigMapEntryStore store) throws InterruptedException {
        return store.list().digests().keySet();
    }

    static StoreListing listing(ConfigMapEntryStore store) {
        try {
            return store.list();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A ConfigMap as it is; null if there is none. */
    @Nullable
    ObjectNode map(String name) {
        return server.object(PLURAL, NAMESPACE, name);
    }

    /** The keys in the binaryData of a ConfigMap. */
    Set<String> keysIn(String name) {
        ObjectNode map = map(name);
        Set<String> keys = new TreeSet<>();
        if (map != null) {
            map.path("binaryData").fieldNames().forEachRemaining(keys::add);
        }
        return keys;
    }

    /** A record as it is stored. */
    ObjectNode record(String map, String key) {
        return Json.object(text(map, key));
    }

    String text(String map, String key) {
        String value = map(map).path("binaryData").path(key).asText();
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    byte[] bytes(String map, String key) {
        return Base64.getDecoder().decode(map(map).path("binaryData").path(key).asText());
    }

    /** Creates or replaces a ConfigMap, written as in {@link Json}. */
    void apply(String configMap) {
        server.apply(PLURAL, configMap);
    }

    /** Changes a ConfigMap as another process would. */
    void edit(String name, Consumer<ObjectNode> change) {
        ObjectNode map = map(name);
        change.accept(map);
        server.apply(PLURAL, map);
    }

    /** Puts a value into a ConfigMap as another process would. */
    void putValue(String name, String key, String value) {
        edit(name, map -> map.withObjectProperty("binaryData").put(key, base64(value)));
    }

    static String configMap(String name, String rest) {
        return "{metadata: {namespace: '" + NAMESPACE + "', name: '" + name + "', uid: '" + name + "-uid'}" + rest
                + "}";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A record as the existing implementation writes it. */
    static String foreignRecord(String body) {
        return "{\"body\":\"" + base64(body) + "\",\"locationId\":\"\",\"locationTarget\":\"\","
                + "\"locationIDValid\":false,\"reconcilerType\":\"kubeflow\",\"lastUpdateTimeSinceEpoch\":\"\"}";
    }

    /** The writes so far, as verb and name. */
    List<String> writes() {
        return server.single().writes().stream().map(Call::toString).toList();
    }

    /** The reads of single ConfigMaps so far. */
    List<String> reads() {
        return server.single().reads().stream().map(call -> call.name()).toList();
    }

    JsonNode lastWrite() {
        List<Call> writes = server.single().writes();
        return writes.get(writes.size() - 1).body();
    }

    /** Waits for the watch to be open. */
    void awaitWatch() {
        awaitWatches(1);
    }

    void awaitWatches(int count) {
        await().until(() -> server.watches(PLURAL).size() >= count);
    }

    @Override
    public void close() {
        stores.forEach(ConfigMapEntryStore::close);
        server.close();
        Threads.assertNoneLeft();
    }
}
