package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.base64;
import static io.modelconnector.kserve.store.StoreFixture.body;
import static io.modelconnector.kserve.store.StoreFixture.configMap;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.large;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ObjectRequests.Call;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which ConfigMap takes which entry. */
class OverflowTest {
    private static final String SECOND = FIRST + "-1";
    private static final String THIRD = FIRST + "-2";

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private ConfigMapEntryStore store() {
        return fixture.store(builder -> builder.maxMapBytes(4000));
    }

    @Test
    void fillsTheFirstConfigMapBeforeTheNext() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1500), large("llama", 1500), large("mistral", 1500), large("phi", 900));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v1", "phi_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("mistral_v1");
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "create " + SECOND);
        assertThat(keys(store())).containsExactly("granite_v1", "llama_v1", "mistral_v1", "phi_v1");
    }

    @Test
    void writesOnlyTheConfigMapsThatChange() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 3000), large("llama", 3000), large("mistral", 3000));
        write(store, large("llama", 2900), large("phi", 500));
        assertThat(fixture.writes().subList(3, 5)).containsExactly("patch " + FIRST, "patch " + SECOND);
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "phi_v1");
    }

    @Test
    void leavesEntriesWhereTheyAre() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 3000), large("llama", 3000));
        keepOnly(store, "llama_v1");
        assertThat(fixture.keysIn(FIRST)).isEmpty();
        write(store, large("llama", 2500));
        assertThat(fixture.keysIn(FIRST)).isEmpty();
        assertThat(fixture.keysIn(SECOND)).containsExactly("llama_v1");
    }

    @Test
    void usesTheRoomThatTheSameWriteMakes() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 2000), large("llama", 1800));
        store.write(new StoreUpdate(
                List.of(large("mistral", 2000), large("llama", 1700)), Set.of("llama_v1", "mistral_v1"), Map.of()));
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v1", "mistral_v1");
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "patch " + FIRST);
    }

    @Test
    void movesAnEntryThatOutgrowsItsConfigMapAndWritesItFirst() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1500), large("llama", 1500));
        write(store, large("granite", 3000));
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("granite_v1");
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "create " + SECOND, "patch " + FIRST);
        assertThat(store.fetch("granite_v1").orElseThrow().body().length())
                .isEqualTo(large("granite", 3000).body().length());
    }

    @Test
    void movesAnEntryIntoAnEarlierConfigMapThatHasRoom() throws Exception {
        ConfigMapEntryStore store = fillTwoMaps();
        write(store, large("phi", 3100));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "phi_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("mistral_v1");
        assertThat(keys(store())).containsExactly("granite_v1", "mistral_v1", "phi_v1");
        assertThat(fixture.writes().subList(3, 5)).containsExactly("patch " + FIRST, "patch " + SECOND);
    }

    @Test
    void isCompleteOnlyAfterEverythingIsWrittenEvenIfThatCostsAWriteMore() throws Exception {
        ConfigMapEntryStore store = fillTwoMaps();
        fixture.edit(
                FIRST,
                map -> map.withObjectProperty("metadata")
                        .withObjectProperty("annotations")
                        .put(StoreFixture.FILLING, "true"));
        ConfigMapEntryStore another = store();
        Set<String> all = Set.of("granite_v1", "mistral_v1", "phi_v1", "qwen_v1");
        another.write(new StoreUpdate(List.of(large("phi", 3100), large("qwen", 400)), all, Map.of()));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "phi_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("mistral_v1", "qwen_v1");
        List<Call> writes = fixture.server.single().writes();
        assertThat(writes.subList(3, writes.size()))
                .extracting(Call::toString)
                .containsExactly("patch " + FIRST, "patch " + SECOND, "patch " + FIRST);
        assertThat(writes.get(3).body().path("metadata").has("annotations")).isFalse();
        assertThat(writes.get(5).body().path("metadata").has("annotations")).isTrue();
        assertThat(another.list().complete()).isTrue();
    }

    /** The first has room for what outgrows the second. */
    private ConfigMapEntryStore fillTwoMaps() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 800), large("llama", 2500), large("mistral", 1000), large("phi", 2500));
        assertThat(fixture.keysIn(SECOND)).containsExactly("mistral_v1", "phi_v1");
        keepOnly(store, "granite_v1", "mistral_v1", "phi_v1");
        return store;
    }

    @Test
    void losesNothingWhenAMoveIsInterrupted() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1500), large("llama", 1500));
        fixture.server.single().refuse("patch", 500);
        assertThatThrownBy(() -> write(store, large("granite", 3000))).isInstanceOf(SourceUnavailableException.class);
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("granite_v1");
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v1");

        fixture.server.single().allowAll();
        ConfigMapEntryStore restarted = store();
        assertThat(keys(restarted)).containsExactly("granite_v1", "llama_v1");
        write(restarted, large("granite", 3000));
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("granite_v1");
        assertThat(restarted.fetch("granite_v1").orElseThrow().body().length())
                .isEqualTo(large("granite", 3000).body().length());
    }

    @Test
    void takesTheNewerOfTwoRecordsOfOneKeyAndRemovesTheOlderWithTheNextWrite() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, entry("granite", "v1", "old"), entry("llama", "v2", "first"));
        write(store, large("mistral", 3700));
        String newer = fixture.text(FIRST, "granite_v1")
                .replace("1763020800000", "1763020900000")
                .replace(base64("old"), base64("new"));
        fixture.putValue(SECOND, "granite_v1", newer);
        fixture.putValue(
                SECOND, "llama_v2", fixture.text(FIRST, "llama_v2").replace(base64("first"), base64("second")));

        ConfigMapEntryStore another = store();
        assertThat(body(another, "granite_v1")).isEqualTo("new");
        assertThat(body(another, "llama_v2")).isEqualTo("first");
        assertThat(keys(another)).hasSize(3);
        keepOnly(another, "granite_v1", "llama_v2", "mistral_v1");
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v2");
        assertThat(fixture.keysIn(SECOND)).containsExactly("granite_v1", "llama_v2", "mistral_v1");
        keepOnly(another, "granite_v1", "mistral_v1");
        assertThat(fixture.keysIn(FIRST)).isEmpty();
        assertThat(fixture.keysIn(SECOND)).containsExactly("granite_v1", "mistral_v1");
    }

    @Test
    void servesAnEntryThatFitsNowhere() throws Exception {
        ConfigMapEntryStore store = store();
        StoredEntry huge = large("granite", 5000);
        StoreOutcome outcome = write(store, huge, entry("llama", "v2"));
        assertThat(outcome.added()).containsExactlyInAnyOrder("granite_v1", "llama_v2");
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("granite_v1");
            assertThat(problem.message()).contains("4000 bytes", "make its payload smaller");
        });
        assertThat(store.problems()).isEqualTo(outcome.problems());
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v2");
        assertThat(store.list().digests()).containsEntry("granite_v1", huge.digest());
        assertThat(store.fetch("granite_v1")).contains(huge);
        int writes = fixture.writes().size();
        assertThat(write(store, huge).problems()).hasSize(1);
        assertThat(fixture.writes()).hasSize(writes);

        write(store, entry("granite", "v1", "small"));
        assertThat(store.problems()).isEmpty();
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2");
    }

    @Test
    void keepsTheLastRecordThatFitWhenAnEntryGrowsTooLarge() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, entry("granite", "v1", "small"));
        write(store, large("granite", 5000));
        assertThat(store.fetch("granite_v1").orElseThrow().body().length()).isGreaterThan(3000);
        assertThat(body(store(), "granite_v1")).isEqualTo("small");
        assertThat(keepOnly(store).removed()).containsExactly("granite_v1");
        assertThat(fixture.keysIn(FIRST)).isEmpty();
        assertThat(store.problems()).isEmpty();
        assertThat(keys(store)).isEmpty();
    }

    @Test
    void remembersEntriesWithKeysThatConfigMapsDoNotTake() throws Exception {
        ConfigMapEntryStore store = store();
        StoredEntry dots = entry("..granite", "v1");
        StoredEntry longName = entry("g".repeat(128), "v".repeat(128));
        StoreOutcome outcome = write(store, dots, longName, entry("llama", "v2"));
        assertThat(outcome.problems()).extracting(Problem::message).allMatch(message -> message.contains("253"));
        assertThat(outcome.problems()).hasSize(2);
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v2");
        assertThat(keys(store)).hasSize(3);
    }

    @Test
    void countsWhatOthersKeepInTheConfigMap() throws Exception {
        fixture.apply(configMap(FIRST, ", data: {'llama_v1': 'by hand', note: '" + "n".repeat(2000) + "'}"));
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1500), large("mistral", 1500), entry("llama", "v1"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("llama_v1", "mistral_v1");
        assertThat(store.statistics().bytes().get(FIRST)).isBetween(3400L, 4000L);
        assertThat(store.statistics().bytes()).containsOnlyKeys(FIRST, SECOND);
    }

    @Test
    void leavesEntriesWhereTheyAreThoughOthersPutInMoreThanWeWould() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1500), large("llama", 1500));
        fixture.edit(FIRST, map -> map.withObjectProperty("data").put("note", "n".repeat(2000)));
        ConfigMapEntryStore restarted = store();
        write(restarted, large("granite", 1400), large("mistral", 300));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("mistral_v1");
    }

    @Test
    void takesAMapThatTheServerRefusesForFull() throws Exception {
        fixture.server.single().maxBytes(2500);
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1000));
        StoreOutcome outcome = write(store, large("llama", 1000), large("mistral", 1000));
        assertThat(outcome.problems()).isEmpty();
        assertThat(keys(store())).containsExactly("granite_v1", "llama_v1", "mistral_v1");
        assertThat(fixture.keysIn(FIRST)).contains("granite_v1");
        assertThat(fixture.map(THIRD)).isNull();
    }

    @Test
    void remembersAnEntryThatTheServerRefusesByItself() throws Exception {
        fixture.server.single().maxBytes(1200);
        ConfigMapEntryStore store = store();
        StoreOutcome outcome = write(store, large("granite", 1000), large("llama", 1500));
        assertThat(outcome.problems()).extracting(Problem::item).containsExactly("llama_v1");
        assertThat(outcome.problems().get(0).message()).contains("the API server does not take");
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v1");
        int writes = fixture.writes().size();
        write(store, large("granite", 1000));
        assertThat(fixture.writes()).hasSize(writes);
    }

    @Test
    void startsAnotherMapWhenTheRequestIsTooLarge() throws Exception {
        fixture.server
                .single()
                .intervene(call -> call.body().toString().length() > 3500 ? FakeApiServer.status(413) : null);
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1400), large("llama", 1500));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1");
        assertThat(fixture.keysIn(SECOND)).containsExactly("llama_v1");
    }

    @Test
    void saysThatAnImmutableConfigMapCannotBeWritten() throws Exception {
        ConfigMapEntryStore store = store();
        write(store, large("granite", 1500));
        fixture.edit(FIRST, map -> map.put("immutable", true));
        ConfigMapEntryStore restarted = store();
        write(restarted, large("llama", 1500));
        assertThat(fixture.keysIn(SECOND)).containsExactly("llama_v1");
        assertThatThrownBy(() -> keepOnly(restarted, "llama_v1"))
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining(FIRST)
                .hasMessageContaining("immutable");
    }

    @Test
    void usesTheConfigMapsOfItsNameOnly() throws Exception {
        fixture.apply(configMap("bac-import-model-extra", ", binaryData: {'a_b': 'e30='}"));
        fixture.apply(configMap("bac-import-model-01", ", binaryData: {'a_b': 'e30='}"));
        fixture.apply(configMap("other", ", binaryData: {'a_b': 'e30='}"));
        ConfigMapEntryStore store = fixture.store(builder -> builder.name("models"));
        write(store, entry("granite", "v1"));
        write(fixture.store(), entry("llama", "v2"));
        assertThat(fixture.keysIn("models")).containsExactly("granite_v1");
        assertThat(fixture.reads()).isEmpty();
        assertThat(fixture.server.object("configmaps", "default", "models")).isNull();
    }
}
