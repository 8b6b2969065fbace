package io.modelconnector.techdocs.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ModelCardCleanerTest {
    private final ModelCardCleaner cleaner = ModelCardCleaner.defaults();

    @Test
    void aCardWithNothingToCleanComesOutAsItWentIn() {
        String card = """
                # Granite 3.1 8B Instruct

                A *small* model with [a paper](https://arxiv.org/abs/2405.04324).

                - follows instructions
                - calls tools

                ```python
                print("<tool_call>")
                ```
                """;

        CleanCard clean = cleaner.clean(card);

        assertThat(clean.markdown()).isEqualTo(card);
        assertThat(clean.changed()).isFalse();
        assertThat(clean.frontMatter().isEmpty()).isTrue();
    }

    @Test
    void aByteOrderMarkIsTakenOut() {
        CleanCard clean = cleaner.clean("\ufeff# Granite\n".getBytes(StandardCharsets.UTF_8), null);

        assertThat(clean.markdown()).isEqualTo("# Granite\n");
        assertThat(clean.changed()).isTrue();
    }
}
