package io.modelconnector.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a record that others added. */
class OtherFieldsTest {
    private static final StoredEntry ENTRY = new StoredEntry(
            new EntryKey("granite", "v1"),
            Payload.of("{}".getBytes(UTF_8)),
            StoredEntry.REGISTRY,
            "1763020800000",
            new StoredCard("ibm/granite", "0123", null),
            new PortalRegistration("7f9c", "http://localhost:9090/granite/v1/model-catalog.json", true));

    @Test
    void areNoneInARecordThatIsWrittenHere() {
        assertThat(EntryRecord.otherFields(EntryRecord.write(ENTRY, null))).isNull();
        assertThat(EntryRecord.otherFields(EntryRecord.writeWithCard(ENTRY.withCard(StoredCard.of("k", "# Granite")))))
                .isNull();
    }

    @Test
    void areAllThatIsNeededToKeepThem() {
        byte[] foreign = "{\"approvedBy\":{\"name\":\"ops\"},\"body\":\"e30=\",\"score\":7}".getBytes(UTF_8);
        byte[] others = EntryRecord.otherFields(foreign);
        assertThat(others).asString(UTF_8).isEqualTo("{\"approvedBy\":{\"name\":\"ops\"},\"score\":7}");
        assertThat(EntryRecord.write(ENTRY, others)).asString(UTF_8).contains("\"name\":\"ops\"", "\"score\":7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "[1]", "\"text\"", "{}"})
    void areNoneInWhatIsNoRecord(String json) {
        assertThat(EntryRecord.otherFields(json.getBytes(UTF_8))).isNull();
    }
}
