package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.base64;
import static io.modelconnector.kserve.store.StoreFixture.body;
import static io.modelconnector.kserve.store.StoreFixture.configMap;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.foreignRecord;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that other implementations wrote, newer and damaged ones. */
class ForeignRecordTest {
    private static final String CATALOG = "{\"models\":[{\"name\":\"granite_8b-v1\",\"owner\":\"user:default/ibm\"}]}";

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void given(String key, String record) {
        if (fixture.map(FIRST) == null) {
            fixture.apply(configMap(FIRST, ""));
        }
        fixture.putValue(FIRST, key, record);
    }

    @Test
    void readsWhatTheExistingImplementationWrote() throws Exception {
        given(
                "granite_8b_v1",
                "{\"body\":\"" + base64(CATALOG) + "\",\"locationId\":\"7f9c\",\"locationTarget\":"
                        + "\"http://localhost:9090/granite/8b/model-catalog.json\",\"locationIDValid\":true,"
                        + "\"reconcilerType\":\"kserve\",\"lastUpdateTimeSinceEpoch\":\"\"}");
        ConfigMapEntryStore store = fixture.store();
        StoredEntry entry = store.fetch("granite_8b_v1").orElseThrow();
        assertThat(entry.key()).isEqualTo(new EntryKey("granite_8b", "v1"));
        assertThat(entry.type()).isEqualTo(StoredEntry.SERVING);
        assertThat(entry.lastUpdate()).isNull();
        assertThat(entry.registration().locationId()).isEqualTo("7f9c");
        assertThat(body(store, "granite_8b_v1")).isEqualTo(CATALOG);
        assertThat(store.list().complete()).isTrue();
        assertThat(store.problems()).isEmpty();
    }

    @Test
    void doesNotRewriteWhatItDidNotChange() throws Exception {
        given("granite_v1", foreignRecord("granite v1"));
        given("llama_v2", foreignRecord("llama v2"));
        String before = fixture.text(FIRST, "llama_v2");
        ConfigMapEntryStore store = fixture.store();
        StoredEntry same = new StoredEntry(
                new EntryKey("llama", "v2"),
                store.fetch("llama_v2").orElseThrow().body(),
                StoredEntry.REGISTRY,
                null,
                null,
                PortalRegistration.NONE);
        write(store, entry("granite", "v1", "changed"), same);
        assertThat(fixture.text(FIRST, "llama_v2")).isEqualTo(before);
        assertThat(fixture.lastWrite().path("binaryData").has("llama_v2")).isFalse();
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() throws Exception {
        String record = foreignRecord("granite v1").replace("{\"body\"", "{\"approvedBy\":{\"name\":\"ops\"},\"body\"");
        given("granite_v1", record);
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1", "changed"));
        store.write(StoreUpdate.of(Map.of("granite_v1", new PortalRegistration("7f9c", "http://t", true))));
        ObjectNode after = fixture.record(FIRST, "granite_v1");
        assertThat(after.at("/approvedBy/name").asText()).isEqualTo("ops");
        assertThat(after.path("body").asText()).isEqualTo(base64("changed"));
        assertThat(after.path("locationId").asText()).isEqualTo("7f9c");
    }

    @Test
    void losesOnlyTheDamagedRecord() throws Exception {
        given("granite_v1", foreignRecord("granite v1"));
        given("llama_v2", "not JSON");
        given("mistral_7b", "{\"reconcilerType\":\"kubeflow\"}");
        given("phi_v3", "{\"body\":\"%%%\"}");
        given("nosegments", foreignRecord("x"));
        ConfigMapEntryStore store = fixture.store();
        assertThat(keys(store)).containsExactly("granite_v1");
        assertThat(store.problems())
                .extracting(Problem::item)
                .containsExactly(FIRST + "/llama_v2", FIRST + "/mistral_7b", FIRST + "/nosegments", FIRST + "/phi_v3");
        assertThat(store.problems().get(0).message())
                .contains("no JSON", "binaryData")
                .doesNotContain("not JSON");
        assertThat(store.fetch("llama_v2")).isEmpty();
    }

    @Test
    void leavesDamagedRecordsWhereTheyAre() throws Exception {
        given("granite_v1", foreignRecord("granite v1"));
        given("llama_v2", "from the future");
        given("mistral_7b", "from the future");
        ConfigMapEntryStore store = fixture.store();
        assertThat(keepOnly(store, "llama_v2").removed()).containsExactly("granite_v1");
        write(store, entry("phi", "v3"));
        assertThat(fixture.text(FIRST, "llama_v2")).isEqualTo("from the future");
        assertThat(fixture.text(FIRST, "mistral_7b")).isEqualTo("from the future");
        assertThat(store.problems()).hasSize(2);
    }

    @Test
    void overwritesADamagedRecordWithTheEntryOfItsKey() throws Exception {
        given("llama_v2", "{\"body\":null,\"approvedBy\":\"ops\"}");
        ConfigMapEntryStore store = fixture.store();
        assertThat(write(store, entry("llama", "v2")).added()).containsExactly("llama_v2");
        assertThat(fixture.record(FIRST, "llama_v2").path("approvedBy").asText())
                .isEqualTo("ops");
        assertThat(body(store, "llama_v2")).isEqualTo("llama v2");
        assertThat(store.problems()).isEmpty();
    }

    @Test
    void keepsEntriesOfZeroBytes() throws Exception {
        write(fixture.store(), entry("granite", "v1", ""));
        given("llama_v2", foreignRecord(""));
        ConfigMapEntryStore store = fixture.store();
        assertThat(keys(store)).containsExactly("granite_v1", "llama_v2");
        assertThat(store.fetch("llama_v2").orElseThrow().body().length()).isZero();
    }

    @Test
    void survivesEmptyValues() throws Exception {
        fixture.apply(configMap(FIRST, ", binaryData: {'granite_v1': null, 'llama_v2': ''}, data: null"));
        ConfigMapEntryStore store = fixture.store();
        assertThat(keys(store)).isEmpty();
        assertThat(store.problems()).hasSize(2);
    }
}
