package io.modelconnector.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportKeysTest {
    @ParameterizedTest
    @CsvSource({
        "granite_v1,granite-v1,granite/v1",
        "my_model_v1,my_model-v1,my_model/v1",
        "my_model_v1,my-model_v1,my/model_v1",
        "my_model_V1_2,my_model-v1_2,my_model/V1_2",
        "llama-3_8b_chat,llama-3_8b-chat,llama-3_8b/chat"
    })
    void theModelsNameSaysWhichUnderscoreSeparates(String key, String modelName, String path) {
        assertThat(ImportKeys.split(key, modelName)).hasToString("Optional[" + path + ']');
    }

    @Test
    void aVersionThatHadSpacesIsKnownByItsName() {
        // The key drops the spaces of "v1 rc 2", the name has hyphens for them.
        assertThat(ImportKeys.split("my_model_v1rc2", "my_model-v1-rc-2")).contains(new EntryKey("my_model", "v1rc2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mistral-7b", "my-model-v1"})
    void withoutAHintTheFirstUnderscoreSeparates(String modelName) {
        assertThat(ImportKeys.split("my_model_v1", modelName)).contains(new EntryKey("my", "model_v1"));
    }

    @Test
    void aFirstUnderscoreThatLeavesNoSegmentIsPassedOver() {
        assertThat(ImportKeys.split("_model_v1", "")).contains(new EntryKey("_model", "v1"));
        String first = "a".repeat(60);
        String second = "b".repeat(100);
        assertThat(ImportKeys.split(first + '_' + first + '_' + second, ""))
                .contains(new EntryKey(first + '_' + first, second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "granite", "_", "_v1", "granite_", "a b_c", "a/b_c", "a_b/c", "a_b\n", "._..", "ä_b"})
    void whatIsNotTwoSegmentsIsNoKey(String key) {
        assertThat(ImportKeys.split(key, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"my_model_v1,my/model_v1", "my_model_v1,my_model/v1"})
    void aPathSaysWhereTheSegmentsEnd(String key, String path) {
        assertThat(ImportKeys.ofPath(key, path)).hasToString("Optional[" + path + ']');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "granite", "granite/v2", "granite/", "/v1", "granite/v1/x", "granite/../v1"})
    void aPathOfAnotherKeyIsNone(String path) {
        assertThat(ImportKeys.ofPath("granite_v1", path)).isEmpty();
    }
}
