package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.NAMESPACE;
import static io.modelconnector.kserve.store.StoreFixture.large;
import static io.modelconnector.kserve.store.StoreFixture.withCard;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ObjectRequests.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails on the way, a change that was reported as made is there, and nothing else. */
class RandomFaultsTest {
    private static final int STEPS = 40;
    private static final List<String> MODELS =
            List.of("granite", "llama", "mistral", "phi", "qwen", "gemma", "falcon", "whisper");

    private Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void keepsWhatItSaidItKept(long seed) throws Exception {
        random = new Random(seed);
        try (StoreFixture fixture = new StoreFixture();
                InMemoryEntryStore model = new InMemoryEntryStore()) {
            ConfigMapEntryStore store = open(fixture);
            for (int step = 0; step < STEPS; step++) {
                StoreUpdate update = update(model);
                makeDespiteFaults(fixture, store, update);
                model.write(update);
                if (random.nextInt(8) == 0) {
                    store.close();
                    store = open(fixture);
                }
                assertSame(store, model);
            }
            store.close();
            ConfigMapEntryStore restarted = open(fixture);
            assertSame(restarted, model);
            restarted.write(
                    StoreUpdate.of(MODELS.stream().map(name -> large(name, 400)).toList()));
            assertEachKeyIsInOneMap(fixture);
        }
    }

    private static ConfigMapEntryStore open(StoreFixture fixture) {
        return fixture.store(builder -> builder.maxMapBytes(4000));
    }

    private void makeDespiteFaults(StoreFixture fixture, ConfigMapEntryStore store, StoreUpdate update)
            throws InterruptedException {
        fixture.server.single().intervene(call -> call.verb().equals("get") ? null : fault(fixture, call));
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                store.write(update);
                fixture.server.single().allowAll();
                return;
            } catch (SourceUnavailableException e) {
                assertThat(e).hasMessageContaining(FIRST);
            }
        }
        fixture.server.single().allowAll();
        store.write(update);
    }

    private synchronized @Nullable MockResponse fault(StoreFixture fixture, Call call) {
        return switch (random.nextInt(6)) {
            case 0 -> FakeApiServer.status(500);
            case 1 -> FakeApiServer.status(409);
            case 2 -> {
                fixture.server.single().make(call);
                yield FakeApiServer.status(504);
            }
            default -> null;
        };
    }

    private StoreUpdate update(InMemoryEntryStore model) {
        List<StoredEntry> entries = new ArrayList<>();
        Set<String> touched = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = MODELS.get(random.nextInt(MODELS.size()));
            if (touched.add(name)) {
                int size = 500 + random.nextInt(3000);
                StoredEntry entry = large(name, size);
                entries.add(random.nextBoolean() ? entry : withCard(entry, "card of " + name, "# " + name + size));
            }
        }
        Set<String> keySet = null;
        if (random.nextInt(5) == 0) {
            keySet = new TreeSet<>();
            for (String key : model.list().digests().keySet()) {
                if (random.nextInt(4) > 0) {
                    keySet.add(key);
                }
            }
        }
        String registered = MODELS.get(random.nextInt(MODELS.size())) + "_v1";
        PortalRegistration registration = new PortalRegistration("id" + random.nextInt(100), "http://t", true);
        return new StoreUpdate(entries, keySet, random.nextBoolean() ? Map.of() : Map.of(registered, registration));
    }

    private static void assertSame(ConfigMapEntryStore store, InMemoryEntryStore model) throws InterruptedException {
        assertThat(store.list()).isEqualTo(model.list());
        for (String key : model.list().digests().keySet()) {
            StoredEntry expected = model.fetch(key).orElseThrow();
            StoredEntry actual = store.fetch(key).orElseThrow();
            assertThat(actual.registration()).isEqualTo(expected.registration());
            assertThat(actual.card()).isEqualTo(expected.card());
            assertThat(actual.body().etag()).isEqualTo(expected.body().etag());
        }
    }

    private static void assertEachKeyIsInOneMap(StoreFixture fixture) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = i == 0 ? FIRST : FIRST + '-' + i;
            if (fixture.server.object("configmaps", NAMESPACE, name) != null) {
                keys.addAll(fixture.keysIn(name));
            }
        }
        assertThat(keys).doesNotHaveDuplicates();
    }
}
