package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.GRANITE;
import static io.modelconnector.examples.sidecars.backstage.Entries.LLAMA;
import static io.modelconnector.examples.sidecars.backstage.Entries.MISTRAL;
import static io.modelconnector.examples.sidecars.backstage.Entries.noted;
import static io.modelconnector.examples.sidecars.backstage.Entries.store;
import static io.modelconnector.examples.sidecars.backstage.Entries.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told to a Backstage that does not take everything, or not at once. */
class ReluctantBackstageTest {
    private final ReconcilerFixture fixture = new ReconcilerFixture();
    private final FakeBackstage backstage = fixture.backstage;
    private final WatchedStore entries = fixture.entries;

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void registersTheOthersWhenOneIsRefused() throws Exception {
        store(entries, GRANITE, LLAMA, MISTRAL);
        backstage.has(CatalogLocation.TYPE, target(new EntryKey("phi-4", "v1")));
        fixture.pass();
        backstage.losesItsDatabase();
        backstage.has(CatalogLocation.TYPE, target(new EntryKey("phi-4", "v2")));
        backstage.fails((method, path, body) -> body.contains("llama") ? FakeBackstage.Answer.status(400) : null);

        fixture.pass();
        PassResult result = fixture.pass();

        assertThat(result.failure()).hasMessageContaining("answered 400").hasMessageContaining("rhdh-rhoai-bridge");
        assertThat(result.missing()).isOne();
        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(MISTRAL));
    }

    @Test
    void doesNotTryAllWhenEachOneIsRefused() throws Exception {
        store(entries, many(200));
        backstage.fails((method, path, body) -> method.equals("POST") ? FakeBackstage.Answer.status(400) : null);

        PassResult result = fixture.pass();

        assertThat(result.failure()).hasMessageContaining("answered 400");
        assertThat(result.missing()).isEqualTo(200);
        assertThat(backstage.count("POST")).isBetween(10L, 14L);
    }

    @Test
    void notesWhatWasRegisteredBeforeBackstageFailed() throws Exception {
        store(entries, many(100));
        backstage.fails((method, path, body) ->
                method.equals("POST") && backstage.locations().size() >= 40 ? FakeBackstage.Answer.status(503) : null);

        PassResult result = fixture.pass();

        int registered = result.registered().size();
        assertThat(registered).isBetween(40, 44);
        assertThat(result.missing()).isEqualTo(100 - registered);
        for (String key : result.registered()) {
            assertThat(entries.fetch(key).orElseThrow().registration().valid()).isTrue();
        }
        backstage.isUp();
        assertThat(fixture.pass().registered()).hasSize(100);
        assertThat(backstage.locations()).hasSize(100);
    }

    @Test
    void asksForNoMoreThanFourThingsAtOnce() throws Exception {
        store(entries, many(60));
        CountDownLatch four = new CountDownLatch(4);
        backstage.fails((method, path, body) -> {
            if (method.equals("POST")) {
                four.countDown();
                awaitAll(four);
            }
            return null;
        });

        fixture.pass();

        assertThat(backstage.mostAtOnce()).isEqualTo(4);
        assertThat(entries.notes()).isOne();
    }

    @Test
    void countsWhatWaitsWhileBackstageIsDown() throws Exception {
        store(entries, GRANITE);
        fixture.pass();
        backstage.isDown();
        store(entries, GRANITE, LLAMA, MISTRAL);

        PassResult result = fixture.pass();

        assertThat(result.failure()).hasMessageContaining("listing the locations in Backstage at http://127.0.0.1");
        assertThat(result.registered()).containsExactly(GRANITE.importKey());
        assertThat(result.missing()).isEqualTo(2);
    }

    @Test
    void doesNothingWhileTheStoreCannotBeRead() throws Exception {
        store(entries, GRANITE);
        fixture.pass();
        entries.isUnreadable(true);

        PassResult result = fixture.pass();
        fixture.pass();

        assertThat(result.failure()).hasMessageContaining("reading the ConfigMap");
        assertThat(result.registered()).containsExactly(GRANITE.importKey());
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void asksForEachLocationWhereBackstageDoesNotListThem() throws Exception {
        backstage.doesNotList();
        store(entries, GRANITE, LLAMA);
        fixture.pass();
        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
        backstage.forgetRequests();

        fixture.pass();
        assertThat(backstage.count("POST")).isZero();
        fixture.restart();
        assertThat(fixture.pass().failure()).isNull();
        assertThat(backstage.count("POST")).isZero();

        backstage.losesItsDatabase();
        fixture.pass();
        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));

        store(entries, LLAMA);
        fixture.pass();
        fixture.pass();
        assertThat(backstage.targets()).containsExactly(target(LLAMA));
    }

    @Test
    void saysWhatToAllowWhenBackstageHidesItsLocations() throws Exception {
        store(entries, GRANITE);
        fixture.pass();
        backstage.hidesLocations();

        PassResult result = fixture.pass();

        assertThat(result.failure())
                .hasMessageContaining("exist, but they are not shown")
                .hasMessageContaining("accessRestrictions");
        assertThat(noted(entries, GRANITE).locationId()).isNotEmpty();
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EntryKey[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new EntryKey("granite-tuned-" + number, "v1"))
                .toArray(EntryKey[]::new);
    }
}
