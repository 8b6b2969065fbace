package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.body;
import static io.modelconnector.kserve.store.StoreFixture.configMap;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.foreignRecord;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.large;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.kserve.internal.Timing;
import io.modelconnector.kserve.testing.FakeApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several processes that write the same ConfigMaps. */
class ConflictTest {
    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Has another process do something in the moment before the first patch arrives. */
    private void beforeThePatch(Runnable other) {
        AtomicInteger patches = new AtomicInteger();
        fixture.server.single().intervene(call -> {
            if (call.verb().equals("patch") && patches.getAndIncrement() == 0) {
                other.run();
            }
            return null;
        });
    }

    @Test
    void mergesWithWhatSomebodyElseWroteInBetween() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        beforeThePatch(() -> fixture.putValue(FIRST, "llama_v2", foreignRecord("llama v2")));
        write(store, entry("mistral", "7b"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2", "mistral_7b");
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "patch " + FIRST, "patch " + FIRST);
        assertThat(fixture.timing.pauses("store-conflict")).containsExactly("store-conflict 20");
        assertThat(store.statistics().conflicts()).isEqualTo(1);
        assertThat(store.statistics().writes()).isEqualTo(2);
        assertThat(store.statistics().reads()).isEqualTo(1);
        assertThat(body(store, "llama_v2")).isEqualTo("llama v2");
    }

    @Test
    void mergesWithAConfigMapThatSomebodyElseCreated() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        store.list();
        fixture.server.single().intervene(call -> {
            if (call.verb().equals("create") && fixture.map(FIRST) == null) {
                fixture.apply(configMap(FIRST, ""));
                fixture.putValue(FIRST, "llama_v2", foreignRecord("llama v2"));
            }
            return null;
        });
        write(store, entry("granite", "v1"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2");
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v2");
    }

    @Test
    void keepsTheRegistrationThatSomebodyElseNotedInBetween() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        ConfigMapEntryStore other = fixture.store();
        write(store, entry("granite", "v1"));
        PortalRegistration registration = new PortalRegistration("7f9c", "http://t", true);
        beforeThePatch(() -> quietly(() -> other.write(StoreUpdate.of(Map.of("granite_v1", registration)))));
        write(store, entry("granite", "v1", "changed"));
        assertThat(store.fetch("granite_v1").orElseThrow().registration()).isEqualTo(registration);
        assertThat(body(fixture.store(), "granite_v1")).isEqualTo("changed");
    }

    @Test
    void doesNotRemoveWhatWasAddedAfterTheKeySet() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"), entry("llama", "v2"));
        beforeThePatch(() -> fixture.putValue(FIRST, "mistral_7b", foreignRecord("mistral 7b")));
        assertThat(keepOnly(store, "llama_v2").removed()).containsExactly("granite_v1");
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v2", "mistral_7b");
        assertThat(keepOnly(store, "llama_v2").removed()).containsExactly("mistral_7b");
    }

    @Test
    void writesNothingMoreWhenSomebodyElseWroteTheSame() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        ConfigMapEntryStore other = fixture.store();
        write(store, entry("granite", "v1"));
        beforeThePatch(() -> quietly(() -> write(other, entry("llama", "v2"))));
        write(store, entry("llama", "v2"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2");
        assertThat(store.statistics().writes()).isEqualTo(1);
    }

    @Test
    void findsWhatMovedInBetweenInAnotherConfigMap() throws Exception {
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxMapBytes(4000));
        ConfigMapEntryStore other = fixture.store(builder -> builder.maxMapBytes(4000));
        write(store, large("granite", 1500), large("llama", 1500));
        PortalRegistration registration = new PortalRegistration("7f9c", "http://t", true);
        store.write(StoreUpdate.of(Map.of("granite_v1", registration)));
        fixture.awaitWatch();
        beforeThePatch(() -> quietly(() -> write(other, large("granite", 3000))));
        write(store, large("granite", 3100), large("llama", 1400));
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v1");
        assertThat(fixture.keysIn(FIRST + "-1")).containsExactly("granite_v1");
        assertThat(store.fetch("granite_v1").orElseThrow().registration()).isEqualTo(registration);
    }

    @Test
    void losesNothingThatAnotherProcessIsMoving() throws Exception {
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxMapBytes(4000));
        ConfigMapEntryStore other = fixture.store(builder -> builder.maxMapBytes(4000));
        write(store, large("granite", 1500), large("llama", 1500));
        keepOnly(store, "granite_v1", "llama_v1");
        beforeThePatch(() -> quietly(() -> keepOnly(other, "granite_v1", "llama_v1")));
        write(store, large("granite", 3000));
        assertThat(keys(fixture.store())).containsExactly("granite_v1", "llama_v1");
    }

    @Test
    void givesUpAfterTwentyConflictsAndMayBeAskedAgain() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        fixture.server.single().refuse("patch", 409);
        assertThatThrownBy(() -> write(store, entry("llama", "v2")))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining(FIRST)
                .hasMessageContaining("try again");
        assertThat(fixture.timing.pauses("store-conflict")).hasSizeBetween(10, 20);
        fixture.server.single().allowAll();
        write(store, entry("llama", "v2"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2");
    }

    @Test
    void makesAConfigMapAnewThatIsGoneWhenItIsWritten() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        store.write(new StoreUpdate(
                List.of(entry("granite", "v1"), entry("llama", "v2")), Set.of("granite_v1", "llama_v2"), Map.of()));
        beforeThePatch(() -> fixture.server.delete("configmaps", StoreFixture.NAMESPACE, FIRST));
        write(store, entry("mistral", "7b"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2", "mistral_7b");
        assertThat(fixture.store().list().complete()).isTrue();
    }

    @Test
    void twoProcessesLoseNothingOfEitherWhenTheyWriteAtOnce() throws Exception {
        UnaryOperator<ConfigMapEntryStore.Builder> inRealTime =
                builder -> builder.timing(Timing.system()).linger(Duration.ofMillis(5));
        ConfigMapEntryStore one = fixture.store(inRealTime);
        ConfigMapEntryStore two = fixture.store(inRealTime);
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Object>> writes = new ArrayList<>();
            IntStream.range(0, 200).forEach(i -> {
                writes.add(() -> write(one, entry("granite", "v" + i)));
                writes.add(() -> write(two, entry("llama", "v" + i)));
            });
            for (Future<Object> written : callers.invokeAll(writes)) {
                written.get(10, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(fixture.keysIn(FIRST)).hasSize(400);
        assertThat(keys(fixture.store())).hasSize(400);
    }

    @Test
    void comesBackWhenTheServerIsBusy() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        AtomicInteger busy = new AtomicInteger(2);
        fixture.server
                .single()
                .intervene(call -> busy.getAndDecrement() > 0
                        ? FakeApiServer.status(429)
                                .newBuilder()
                                .setHeader("Retry-After", "1")
                                .build()
                        : null);
        write(store, entry("granite", "v1"));
        assertThat(fixture.timing.pauses("configmaps-busy")).hasSize(2).allMatch("configmaps-busy 1200"::equals);
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1");
    }

    private static void quietly(Callable<?> write) {
        try {
            write.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
