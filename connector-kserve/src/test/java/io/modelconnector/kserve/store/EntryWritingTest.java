package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FILLING;
import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.base64;
import static io.modelconnector.kserve.store.StoreFixture.body;
import static io.modelconnector.kserve.store.StoreFixture.configMap;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written, in how many writes, and what is not. */
class EntryWritingTest {
    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void writesRecordsThatTheExistingReadersUnderstand() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1", "{\"models\":[]}"));
        ObjectNode record = fixture.record(FIRST, "granite_v1");
        assertThat(record.path("body").asText()).isEqualTo(base64("{\"models\":[]}"));
        assertThat(record.path("reconcilerType").asText()).isEqualTo("kubeflow");
        assertThat(record.path("lastUpdateTimeSinceEpoch").asText()).isEqualTo("1763020800000");
        assertThat(record.path("locationIDValid").isBoolean()).isTrue();
        assertThat(record.path("entryPath").asText()).isEqualTo("granite/v1");
    }

    @Test
    void makesAWholeSyncInOneWrite() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        StoreOutcome outcome = store.write(new StoreUpdate(
                List.of(entry("granite", "v1"), entry("llama", "v2"), entry("mistral", "7b")),
                Set.of("granite_v1", "llama_v2", "mistral_7b"),
                Map.of()));
        assertThat(outcome.added()).containsExactlyInAnyOrder("granite_v1", "llama_v2", "mistral_7b");
        assertThat(outcome.removed()).isEmpty();
        assertThat(outcome.problems()).isEmpty();
        assertThat(fixture.writes()).containsExactly("create " + FIRST);
        assertThat(fixture.reads()).isEmpty();
    }

    @Test
    void sendsOnlyWhatChanged() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"), entry("llama", "v2"));
        StoreOutcome outcome = write(store, entry("granite", "v1", "changed"), entry("llama", "v2"));
        assertThat(outcome.added()).isEmpty();
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "patch " + FIRST);
        assertThat(fixture.lastWrite().path("binaryData").properties()).hasSize(1);
        assertThat(fixture.lastWrite().at("/metadata/resourceVersion").asText()).isNotEmpty();
        assertThat(body(store, "granite_v1")).isEqualTo("changed");
    }

    @Test
    void writesNothingWhenNothingChanged() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        StoreUpdate sync = new StoreUpdate(List.of(entry("granite", "v1")), Set.of("granite_v1"), Map.of());
        store.write(sync);
        StoreOutcome outcome = store.write(sync);
        keepOnly(store, "granite_v1");
        store.write(StoreUpdate.of(Map.of("granite_v1", PortalRegistration.NONE)));
        assertThat(outcome.added()).isEmpty();
        assertThat(fixture.writes()).hasSize(1);
    }

    @Test
    void costsNothingToAskAgain() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        fixture.awaitWatch();
        int requests = fixture.server.recorded().size();
        for (int poll = 0; poll < 5; poll++) {
            store.list();
            store.fetch("granite_v1");
            write(store, entry("granite", "v1"));
        }
        assertThat(fixture.server.recorded()).hasSize(requests);
    }

    @Test
    void readsEachConfigMapOnceAtStart() throws Exception {
        write(fixture.store(), entry("granite", "v1"));
        ConfigMapEntryStore another = fixture.store();
        int lists = fixture.server.lists("configmaps").size();
        assertThat(body(another, "granite_v1")).isEqualTo("granite v1");
        assertThat(keys(another)).containsExactly("granite_v1");
        write(another, entry("granite", "v1"));
        assertThat(fixture.reads()).containsExactly(FIRST);
        assertThat(fixture.server.lists("configmaps")).hasSize(lists + 1);
        assertThat(fixture.writes()).hasSize(1);
    }

    @Test
    void listsTheSameDigestsAfterARestart() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        StoredEntry granite = StoreFixture.withCard(entry("granite", "v1"), "ibm/granite", "# Granite");
        write(store, granite, entry("llama", "v2"));
        Map<String, String> before = store.list().digests();
        assertThat(before).containsEntry("granite_v1", granite.digest());
        assertThat(fixture.store().list().digests()).isEqualTo(before);
        assertThat(fixture.store().fetch("granite_v1").orElseThrow().digest()).isEqualTo(granite.digest());
    }

    @Test
    void removesWhatIsNotInTheKeySet() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"), entry("llama", "v2"));
        StoreOutcome outcome = keepOnly(store, "llama_v2", "phi_v3");
        assertThat(outcome.removed()).containsExactly("granite_v1");
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v2");
        assertThat(keys(store)).containsExactly("llama_v2");
        assertThat(store.fetch("granite_v1")).isEmpty();
    }

    @Test
    void leavesAnEntryOutThatTheSameUpdateAddsAndRemoves() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        StoreOutcome outcome = store.write(
                new StoreUpdate(List.of(entry("granite", "v1"), entry("llama", "v2")), Set.of("llama_v2"), Map.of()));
        assertThat(outcome.added()).containsExactly("llama_v2");
        assertThat(outcome.removed()).isEmpty();
        assertThat(fixture.keysIn(FIRST)).containsExactly("llama_v2");
    }

    @Test
    void changesOnlyTheRegistration() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        ObjectNode before = fixture.record(FIRST, "granite_v1");
        PortalRegistration registration =
                new PortalRegistration("7f9c", "http://localhost:9090/granite/v1/model-catalog.json", true);
        store.write(StoreUpdate.of(Map.of("granite_v1", registration, "unknown_v1", registration)));
        ObjectNode after = fixture.record(FIRST, "granite_v1");
        assertThat(after.path("locationId").asText()).isEqualTo("7f9c");
        assertThat(after.path("locationTarget").asText()).isEqualTo(registration.target());
        assertThat(after.path("locationIDValid").asBoolean()).isTrue();
        List<String> registrationFields = List.of("locationId", "locationTarget", "locationIDValid");
        assertThat((Object) after.remove(registrationFields)).isEqualTo(before.remove(registrationFields));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1");
    }

    @Test
    void keepsTheRegistrationWhenTheEntryChanges() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        PortalRegistration registration = new PortalRegistration("7f9c", "http://localhost:9090/x", true);
        write(store, entry("granite", "v1"));
        store.write(StoreUpdate.of(Map.of("granite_v1", registration)));
        write(store, entry("granite", "v1", "changed"));
        assertThat(fixture.store().fetch("granite_v1").orElseThrow().registration())
                .isEqualTo(registration);
    }

    @Test
    void saysThatItIsBeingFilledUntilTheFirstKeySet() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        assertThat(store.list().complete()).isFalse();
        write(store, entry("granite", "v1"));
        assertThat(fixture.map(FIRST).at("/metadata/annotations").path(FILLING).asText())
                .isEqualTo("true");
        assertThat(store.list()).isEqualTo(listing(false, "granite_v1", entry("granite", "v1")));
        assertThat(fixture.store().list().complete()).isFalse();

        store.write(new StoreUpdate(
                List.of(entry("granite", "v1"), entry("llama", "v2")), Set.of("granite_v1", "llama_v2"), Map.of()));
        assertThat(fixture.map(FIRST).at("/metadata/annotations").has(FILLING)).isFalse();
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "patch " + FIRST);
        assertThat(store.list().complete()).isTrue();
        assertThat(fixture.store().list().complete()).isTrue();
    }

    @Test
    void isCompleteWithAnEmptyKeySet() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        keepOnly(store);
        keepOnly(store);
        assertThat(fixture.writes()).containsExactly("create " + FIRST);
        assertThat(store.list().complete()).isTrue();
        assertThat(store.list().digests()).isEmpty();
        assertThat(fixture.store().list().complete()).isTrue();
    }

    @Test
    void takesAMapOfTheExistingImplementationForComplete() throws Exception {
        fixture.apply(configMap(FIRST, ""));
        assertThat(fixture.store().list().complete()).isTrue();
    }

    @Test
    void waitsNoLongerForAKeySetThanItsDeadlineIfThereIsSomething() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        assertThat(store.list().complete()).isFalse();
        fixture.timing.advance(Duration.ofMinutes(5));
        assertThat(store.list().complete()).isFalse();
        write(store, entry("granite", "v1"));
        assertThat(store.list().complete()).isTrue();
        assertThat(fixture.store().list().complete()).isFalse();
    }

    @Test
    void leavesWhatOthersKeepInTheConfigMap() throws Exception {
        fixture.apply(
                configMap(FIRST, ", data: {note: 'by hand'}, binaryData: {'README.md': '" + base64("hello") + "'}"));
        fixture.edit(FIRST, map -> {
            ObjectNode metadata = map.withObjectProperty("metadata");
            metadata.withObjectProperty("labels").put("team", "genai");
            metadata.withObjectProperty("annotations").put("owner", "ops");
        });
        ConfigMapEntryStore store = fixture.store();
        store.write(new StoreUpdate(List.of(entry("granite", "v1")), Set.of("granite_v1"), Map.of()));
        ObjectNode map = fixture.map(FIRST);
        assertThat(map.at("/data/note").asText()).isEqualTo("by hand");
        assertThat(map.at("/metadata/labels/team").asText()).isEqualTo("genai");
        assertThat(map.at("/metadata/annotations/owner").asText()).isEqualTo("ops");
        assertThat(fixture.keysIn(FIRST)).containsExactly("README.md", "granite_v1");
        assertThat(keys(store)).containsExactly("granite_v1");
    }

    @Test
    void understandsServersThatAnswerWritesInShort() throws Exception {
        fixture.server.single().answerMetadataOnly();
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        write(store, entry("llama", "v2"));
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "patch " + FIRST);
        assertThat(store.statistics().conflicts()).isZero();
    }

    private static StoreListing listing(boolean complete, String key, StoredEntry entry) {
        return StoreListing.of(Map.of(key, entry.digest()), complete);
    }
}
