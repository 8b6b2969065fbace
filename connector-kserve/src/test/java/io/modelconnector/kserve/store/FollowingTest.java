package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.NAMESPACE;
import static io.modelconnector.kserve.store.StoreFixture.body;
import static io.modelconnector.kserve.store.StoreFixture.card;
import static io.modelconnector.kserve.store.StoreFixture.configMap;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.foreignRecord;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.large;
import static io.modelconnector.kserve.store.StoreFixture.withCard;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.kserve.testing.LogProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store notices of others. */
class FollowingTest {
    private final StoreFixture fixture = new StoreFixture();
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A store that is loaded and watches. */
    private ConfigMapEntryStore following() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        store.onChange(() -> changes.add(true));
        store.list();
        fixture.awaitWatch();
        return store;
    }

    private void awaitChange() throws InterruptedException {
        assertThat(changes.poll(10, TimeUnit.SECONDS)).as("a change is told").isNotNull();
    }

    @Test
    void tellsOfWhatAnotherProcessWrote() throws Exception {
        fixture.apply(configMap(FIRST, ""));
        ConfigMapEntryStore store = following();
        fixture.putValue(FIRST, "granite_v1", foreignRecord("granite v1"));
        awaitChange();
        assertThat(body(store, "granite_v1")).isEqualTo("granite v1");
        fixture.putValue(FIRST, "granite_v1", foreignRecord("changed"));
        awaitChange();
        assertThat(body(store, "granite_v1")).isEqualTo("changed");
        fixture.edit(FIRST, map -> map.remove("binaryData"));
        awaitChange();
        assertThat(keys(store)).isEmpty();
        assertThat(fixture.writes()).isEmpty();
    }

    @Test
    void tellsThatAnotherProcessCompletedTheStore() throws Exception {
        write(fixture.store(), entry("granite", "v1"));
        ConfigMapEntryStore store = following();
        assertThat(store.list().complete()).isFalse();
        keepOnly(fixture.store(), "granite_v1");
        awaitChange();
        assertThat(store.list().complete()).isTrue();
    }

    @Test
    void readsOnlyTheConfigMapThatChanged() throws Exception {
        try (ConfigMapEntryStore another = fixture.store(builder -> builder.maxMapBytes(4000))) {
            write(another, large("granite", 3000), large("llama", 3000), large("mistral", 3000));
        }
        following();
        int reads = fixture.reads().size();
        fixture.putValue(FIRST + "-1", "phi_v3", foreignRecord("phi"));
        awaitChange();
        assertThat(fixture.reads().subList(reads, fixture.reads().size())).containsExactly(FIRST + "-1");
    }

    @Test
    void readsNothingThatItWroteItself() throws Exception {
        ConfigMapEntryStore store = following();
        for (int i = 0; i < 10; i++) {
            write(store, withCard(entry("granite", "v" + i), "card", "# Granite " + i));
        }
        // What others change is told in order, so that after this the watch told of all of the above.
        fixture.apply(configMap(FIRST + "-1", ""));
        fixture.putValue(FIRST + "-1", "llama_v2", foreignRecord("llama"));
        awaitChange();
        await().until(() -> keys(store).contains("llama_v2"));
        assertThat(fixture.reads()).containsOnly(FIRST + "-1");
        assertThat(changes).isEmpty();
    }

    @Test
    void cannotBeHurtByItsCallback() throws Exception {
        fixture.apply(configMap(FIRST, ""));
        ConfigMapEntryStore store = fixture.store();
        AtomicInteger calls = new AtomicInteger();
        store.onChange(() -> {
            calls.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        store.list();
        fixture.awaitWatch();
        fixture.putValue(FIRST, "granite_v1", foreignRecord("granite"));
        await().until(() -> calls.get() == 1);
        fixture.putValue(FIRST, "llama_v2", foreignRecord("llama"));
        await().until(() -> calls.get() == 2);
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v2");
    }

    @Test
    void makesADeletedConfigMapAnew() throws Exception {
        ConfigMapEntryStore store = following();
        PortalRegistration registration = new PortalRegistration("7f9c", "http://t", true);
        store.write(new StoreUpdate(
                List.of(withCard(entry("granite", "v1"), "card", "# Granite"), entry("llama", "v2")),
                Set.of("granite_v1", "llama_v2"),
                Map.of("granite_v1", registration)));
        awaitSeen(store);
        try (LogProbe log = new LogProbe(ConfigMapEntryStore.class)) {
            fixture.server.delete("configmaps", NAMESPACE, FIRST);
            await().until(() -> fixture.keysIn(FIRST).size() == 2);
            await().until(() -> log.lines().size() == 2);
            assertThat(log.lines().get(0)).startsWith("WARN Somebody deleted the ConfigMap " + FIRST);
            assertThat(log.lines().get(1)).startsWith("INFO Created the ConfigMap " + FIRST);
        }
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v2");
        fixture.server.delete("configmaps", NAMESPACE, FIRST + "-cards-0");
        await().until(() -> fixture.keysIn(FIRST + "-cards-0").size() == 1);
        ConfigMapEntryStore restarted = fixture.store();
        assertThat(restarted.list().complete()).isTrue();
        assertThat(restarted.fetch("granite_v1").orElseThrow().registration()).isEqualTo(registration);
        assertThat(card(restarted, "granite_v1")).isEqualTo("# Granite");
        assertThat(store.problems()).isEmpty();
    }

    /** A write of another process that is told of comes after our own. */
    private void awaitSeen(ConfigMapEntryStore store) throws Exception {
        fixture.putValue(FIRST, "marker_v1", foreignRecord("marker"));
        await().until(() -> keys(store).contains("marker_v1"));
        keepOnly(store, "granite_v1", "llama_v2");
    }

    @Test
    void putsWhatItKnowsIntoAConfigMapThatWasMadeAnewEmpty() throws Exception {
        ConfigMapEntryStore store = following();
        write(store, entry("granite", "v1"), entry("llama", "v2"));
        fixture.server.delete("configmaps", NAMESPACE, FIRST);
        fixture.apply(configMap(FIRST, ""));
        await().until(() -> fixture.keysIn(FIRST).equals(Set.of("granite_v1", "llama_v2")));
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v2");
    }

    @Test
    void forgetsWhatNoConfigMapTookOnceSomebodyElseWroteTheKey() throws Exception {
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxMapBytes(4000));
        store.onChange(() -> changes.add(true));
        write(store, entry("granite", "v1", "small"));
        write(store, large("granite", 5000));
        fixture.awaitWatch();
        fixture.putValue(FIRST, "granite_v1", foreignRecord("by somebody else"));
        awaitChange();
        assertThat(body(store, "granite_v1")).isEqualTo("by somebody else");
        assertThat(store.problems()).isEmpty();
    }

    @Test
    void looksForChangesWhenSomebodyListsIfItMayNotWatch() throws Exception {
        fixture.apply(configMap(FIRST, ""));
        fixture.server.refuseWatches("configmaps", 403);
        ConfigMapEntryStore store = fixture.store();
        store.list();
        await().until(() -> !store.problems().isEmpty());
        assertThat(store.problems().get(0).message()).contains("403", "grant", "watch", "configmaps", NAMESPACE);
        fixture.putValue(FIRST, "granite_v1", foreignRecord("granite v1"));
        assertThat(keys(store)).isEmpty();
        int lists = fixture.server.lists("configmaps").size();
        fixture.timing.advance(Duration.ofSeconds(5));
        assertThat(keys(store)).containsExactly("granite_v1");
        assertThat(keys(store)).containsExactly("granite_v1");
        assertThat(fixture.server.lists("configmaps")).hasSize(lists + 1);
        assertThat(fixture.reads()).hasSize(2);
    }

    @Test
    void goesOnWithWhatItKnowsWhenItMayNotWatchNorReadAnyMore() throws Exception {
        fixture.apply(configMap(FIRST, ""));
        fixture.putValue(FIRST, "granite_v1", foreignRecord("granite v1"));
        fixture.server.refuseWatches("configmaps", 403);
        ConfigMapEntryStore store = fixture.store();
        store.list();
        await().until(() -> !store.problems().isEmpty());
        fixture.putValue(FIRST, "llama_v2", foreignRecord("llama v2"));
        fixture.server.single().refuse("get", 403);
        fixture.timing.advance(Duration.ofSeconds(5));
        assertThat(keys(store)).containsExactly("granite_v1");
        fixture.server.single().allowAll();
        fixture.timing.advance(Duration.ofSeconds(5));
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v2");
    }

    @Test
    void readsAgainWhatItCouldNotReadWhenToldOfIt() throws Exception {
        fixture.apply(configMap(FIRST, ""));
        ConfigMapEntryStore store = following();
        fixture.server.single().refuse("get", 500);
        fixture.putValue(FIRST, "granite_v1", foreignRecord("granite v1"));
        await().until(() -> !fixture.timing.pauses("store-retry").isEmpty());
        fixture.server.single().allowAll();
        fixture.timing.wakeAll();
        awaitChange();
        assertThat(keys(store)).containsExactly("granite_v1");
        assertThat(fixture.timing.pauses("store-retry")).containsExactly("store-retry 1000");
    }
}
