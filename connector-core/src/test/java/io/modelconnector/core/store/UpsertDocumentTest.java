package io.modelconnector.core.store;

import static io.modelconnector.core.store.StoredEntries.base64;
import static io.modelconnector.core.store.StoredEntries.catalog;
import static io.modelconnector.core.store.StoredEntries.entry;
import static io.modelconnector.core.store.StoredEntries.text;
import static io.modelconnector.core.store.StoredEntries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.EntryKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpsertDocumentTest {
    private static final StoredCard CARD = StoredCard.of("redhatRedHatAIgranite", "# Granite");

    @Test
    void readsWhatTheExistingNormalizerSends() {
        String json = "{\"body\":\"" + base64(catalog("my_model-v1", "Chat."))
                + "\",\"lastUpdateTimeSinceEpoch\":\"1763020800000\",\"modelCardKey\":\"redhatRedHatAIgranite\","
                + "\"modelCard\":\"# Granite\"}";

        StoredEntry entry = UpsertDocument.read("my_model_v1", "kubeflow", utf8(json));

        assertThat(entry.key()).isEqualTo(new EntryKey("my_model", "v1"));
        assertThat(text(entry)).isEqualTo(catalog("my_model-v1", "Chat."));
        assertThat(entry.type()).isEqualTo("kubeflow");
        assertThat(entry.lastUpdate()).isEqualTo("1763020800000");
        assertThat(entry.card()).isEqualTo(StoredCard.of("redhatRedHatAIgranite", "# Granite"));
    }

    @Test
    void emptyFieldsAreAbsentOnes() {
        String json = "{\"body\":\"" + base64(catalog("granite-v1", "Chat."))
                + "\",\"lastUpdateTimeSinceEpoch\":\"\",\"modelCardKey\":\"\",\"modelCard\":\"\"}";

        StoredEntry entry = UpsertDocument.read("granite_v1", "kserve", utf8(json));

        assertThat(entry.lastUpdate()).isNull();
        assertThat(entry.card()).isNull();
    }

    @Test
    void readsWhatItWrote() {
        StoredEntry entry = entry("my", "model_v1", "Chat.", StoredCard.of("redhatRedHatAIgranite", "# Granite"));

        StoredEntry read = UpsertDocument.read("my_model_v1", entry.type(), UpsertDocument.write(entry));

        assertThat(read.key()).isEqualTo(entry.key());
        assertThat(read.digest()).isEqualTo(entry.digest());
    }

    @Test
    void aCardWhoseTextIsNotKeptIsSentByItsKey() {
        StoredCard card = StoredCard.of("redhatRedHatAIgranite", "# Granite").withoutText();

        StoredEntry read = UpsertDocument.read(
                "granite_v1", "kubeflow", UpsertDocument.write(entry("granite", "v1", "Chat.", card)));

        assertThat(read.card()).isEqualTo(new StoredCard("redhatRedHatAIgranite", "", null));
        StoredEntry known = entry("granite", "v1", "Code.", StoredCard.of("redhatRedHatAIgranite", "# Granite"));
        assertThat(read.replacing(known).card()).isEqualTo(known.card());
    }

    @Test
    void aCardIsKeptUnderTheKeyThatIsLinkedTo() {
        // After an event of the cluster, the existing normalizer leaves the source out of the key.
        for (String sent : List.of("RedHatAIgranite", "redhatRedHatAIgranite")) {
            assertThat(linking(sent, "# Granite").card()).isEqualTo(CARD);
        }
        assertThat(linking("mistral", "# Mistral").card()).isEqualTo(StoredCard.of("mistral", "# Mistral"));
    }

    @Test
    void aCardThatCouldNotBeReadIsNotGone() {
        // While the catalog does not answer, the existing normalizer sends neither the key nor the text.
        StoredEntry without = linking("", "");

        assertThat(without.card()).isEqualTo(new StoredCard(CARD.key(), "", null));
        assertThat(without.replacing(linking(CARD.key(), "# Granite")).card()).isEqualTo(CARD);
    }

    private static StoredEntry linking(String cardKey, String markdown) {
        String catalog = catalog("granite-v1", "Chat.")
                .replace(
                        "\"lifecycle\"",
                        "\"annotations\":{\"TechDocs\":\"http://localhost:9090/modelcard?key=redhatRedHatAIgranite\"},"
                                + "\"lifecycle\"");
        String json = "{\"body\":\"" + base64(catalog) + "\",\"modelCardKey\":\"" + cardKey + "\",\"modelCard\":\""
                + markdown + "\"}";
        return UpsertDocument.read("granite_v1", "kubeflow", utf8(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"body\":null}", "{\"body\":\"\"}"})
    void anEntryWithoutContentHasNoBytes(String json) {
        assertThat(UpsertDocument.read("speech_whisper", "kserve", utf8(json))
                        .body()
                        .length())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{\"body\":7}", "{\"body\":{}}", "{\"body\":\"%\"}"})
    void whatIsNoDocumentIsRefused(String json) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> UpsertDocument.read("granite_v1", "kubeflow", utf8(json)))
                .withMessageContaining("granite_v1");
    }

    @Test
    void theExistingReadersFindWhatTheyLookFor() {
        String json = new String(UpsertDocument.write(entry("granite", "v1")), StandardCharsets.UTF_8);

        assertThat(json)
                .contains("\"body\":\"" + base64(text(entry("granite", "v1"))) + '"')
                .contains("\"lastUpdateTimeSinceEpoch\":\"1763020800000\"")
                .contains("\"entryPath\":\"granite/v1\"");
    }
}
