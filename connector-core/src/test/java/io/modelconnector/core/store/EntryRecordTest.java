package io.modelconnector.core.store;

import static io.modelconnector.core.store.StoredEntries.base64;
import static io.modelconnector.core.store.StoredEntries.catalog;
import static io.modelconnector.core.store.StoredEntries.entry;
import static io.modelconnector.core.store.StoredEntries.text;
import static io.modelconnector.core.store.StoredEntries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.EntryKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRecordTest {
    private static final String CATALOG = catalog("my_model-v1", "Chat in twelve languages.");

    /** As the existing storage writes it: these fields in this order, and a time that it never fills in. */
    private static final String EXISTING = "{\"body\":\"" + base64(CATALOG)
            + "\",\"locationId\":\"8c1f\",\"locationTarget\":\"http://localhost:9090/my/model/model-catalog.json\","
            + "\"locationIDValid\":true,\"reconcilerType\":\"kserve\",\"lastUpdateTimeSinceEpoch\":\"\"}";

    @Test
    void readsWhatTheExistingStorageWrote() {
        StoredEntry entry = EntryRecord.read("my_model_v1", utf8(EXISTING));

        assertThat(entry.key()).isEqualTo(new EntryKey("my_model", "v1"));
        assertThat(text(entry)).isEqualTo(CATALOG);
        assertThat(entry.type()).isEqualTo("kserve");
        assertThat(entry.lastUpdate()).isNull();
        assertThat(entry.card()).isNull();
        assertThat(entry.registration())
                .isEqualTo(new PortalRegistration("8c1f", "http://localhost:9090/my/model/model-catalog.json", true));
    }

    @Test
    void readsARecordOfNothingButABody() {
        StoredEntry entry = EntryRecord.read("granite_v1", utf8("{\"body\":\"" + base64("kind: Component") + "\"}"));

        assertThat(entry.key()).isEqualTo(new EntryKey("granite", "v1"));
        assertThat(text(entry)).isEqualTo("kind: Component");
        assertThat(entry.type()).isEqualTo(StoredEntry.REGISTRY);
        assertThat(entry.registration()).isEqualTo(PortalRegistration.NONE);
    }

    @Test
    void readsWhatItWroteAndTellsNoDifference() {
        StoredEntry entry = entry("my", "model_v1", "Code.", StoredCard.of("redhatRedHatAIgranite", "# Granite"))
                .withRegistration(new PortalRegistration("8c1f", "http://localhost:9090/x", true));

        StoredEntry withCard = EntryRecord.read("my_model_v1", EntryRecord.writeWithCard(entry));
        assertThat(withCard.key()).isEqualTo(entry.key());
        assertThat(withCard.digest()).isEqualTo(entry.digest());
        assertThat(withCard.registration()).isEqualTo(entry.registration());
        assertThat(withCard.card()).isEqualTo(entry.card());

        StoredEntry without = EntryRecord.read("my_model_v1", EntryRecord.write(entry, null));
        assertThat(without.card())
                .isEqualTo(StoredCard.of("redhatRedHatAIgranite", "# Granite").withoutText());
        assertThat(without.digest()).isNotEqualTo(entry.digest());
    }

    @Test
    void writesWhatTheExistingStorageReads() throws IOException {
        JsonNode record = new ObjectMapper().readTree(EntryRecord.write(entry("granite", "v1"), null));

        for (String field :
                new String[] {"body", "locationId", "locationTarget", "reconcilerType", "lastUpdateTimeSinceEpoch"}) {
            assertThat(record.path(field).isTextual()).as(field).isTrue();
        }
        assertThat(record.path("locationIDValid").isBoolean()).isTrue();
        assertThat(record.path("entryPath").textValue()).isEqualTo("granite/v1");
    }

    @Test
    void fieldsThatNobodyKnowsStayAndACardThatIsGoneGoes() throws IOException {
        String before =
                "{\"note\":\"kept\",\"audit\":{\"by\":[1,2]},\"modelCardKey\":\"old\",\"modelCardDigest\":\"x\","
                        + "\"lastUpdateTimeSinceEpoch\":\"1\"}";

        JsonNode record = new ObjectMapper().readTree(EntryRecord.write(entry("granite", "v1"), utf8(before)));

        assertThat(record.path("note").textValue()).isEqualTo("kept");
        assertThat(record.path("audit").path("by")).hasSize(2);
        assertThat(record.has("modelCardKey")).isFalse();
        assertThat(record.has("modelCardDigest")).isFalse();
        assertThat(record.path("lastUpdateTimeSinceEpoch").textValue()).isEqualTo("1763020800000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\""})
    void aDamagedRecordIsReplacedByTheNextOne(String damaged) {
        byte[] record = EntryRecord.write(entry("granite", "v1"), utf8(damaged));

        assertThat(EntryRecord.read("granite_v1", record).key()).isEqualTo(new EntryKey("granite", "v1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"body\":\"e30=\"",
                "[]",
                "null",
                "{}",
                "{\"body\":null}",
                "{\"body\":7}",
                "{\"body\":\"%%%\"}"
            })
    void aDamagedRecordSaysWhichItIs(String damaged) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> EntryRecord.read("granite_v1", utf8(damaged)))
                .withMessageContaining("granite_v1");
    }

    @Test
    void anEntryOfZeroBytesIsRead() {
        byte[] record = utf8("{\"body\":\"\"}");

        assertThat(EntryRecord.read("granite_v1", record).body().length()).isZero();
    }

    @Test
    void aKeyThatIsNoneSaysSo() {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> EntryRecord.read("granite", utf8(EXISTING)))
                .withMessageContaining("granite");
    }

    @Test
    void aPathOfAnotherKeyIsPassedOver() {
        String moved = EXISTING.replace("{\"body\"", "{\"entryPath\":\"llama/v1\",\"body\"");

        assertThat(EntryRecord.read("my_model_v1", utf8(moved)).key()).isEqualTo(new EntryKey("my_model", "v1"));
    }

    @Test
    void thePathWinsOverTheModelsName() {
        String moved = EXISTING.replace("{\"body\"", "{\"entryPath\":\"my/model_v1\",\"body\"");

        assertThat(EntryRecord.read("my_model_v1", utf8(moved)).key()).isEqualTo(new EntryKey("my", "model_v1"));
    }

    @Test
    void aTimeThatIsANumberIsRead() {
        String number = EXISTING.replace("Epoch\":\"\"", "Epoch\":1763020800000");

        assertThat(EntryRecord.read("my_model_v1", utf8(number)).lastUpdate()).isEqualTo("1763020800000");
    }

    @Test
    void namesNoContentInItsTexts() {
        StoredEntry entry = entry("granite", "v1", "secret plans", StoredCard.of("key", "secret card"));

        assertThat(entry.toString() + entry.card()).doesNotContain("secret");
        assertThat(new String(EntryRecord.write(entry, null), StandardCharsets.UTF_8))
                .doesNotContain("secret card");
    }
}
