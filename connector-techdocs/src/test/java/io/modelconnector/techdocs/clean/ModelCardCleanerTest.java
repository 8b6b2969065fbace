package io.modelconnector.techdocs.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"plain-granite.md", "plain-html.md"})
    void realisticCardsWithNothingToCleanStayByteForByte(String name) throws IOException {
        byte[] card = read(name);

        CleanCard clean = cleaner.clean(card, null);

        assertThat(clean.markdown()).isEqualTo(new String(card, StandardCharsets.UTF_8));
        assertThat(clean.changed()).isFalse();
    }

    @Test
    void aCardOfHuggingFaceBecomesReadable() throws IOException {
        CleanCard clean = cleaner.clean(read("hugging-face.md"), null);

        assertThat(clean.markdown())
                .startsWith("""
                        # Model Card for Tulu

                        | Property | Value |
                        | --- | --- |
                        | Licence | llama3.1 |
                        | Base model | meta-llama/Llama-3.1-8B |
                        | Datasets | allenai/tulu-3-sft-mixture |
                        | Language | en, no |
                        | Task | text-generation |
                        | Library | transformers |
                        | Tags | chat, text&#95;generation |

                        [Discord](https://discord.gg/x) logo (assets/logo.png) 🚀
                        """)
                .contains("\n**Centred** text\n")
                .contains(
                        "Text before a list:\n\n- see the guide (docs/guide.md)\n- run <code>&#60;script&#62;</code> never")
                .contains("## Usage\n\n```python\nprint(\"<b>\")\n```")
                .contains("<details markdown=\"1\">\n<summary>Chat template</summary>")
                .contains("<pre><code>&#123;&#123; bos&#95;token &#125;&#125;")
                .doesNotContain("<!--", "align", "widget");
        assertThat(clean.frontMatter())
                .isEqualTo(new FrontMatter(
                        "llama3.1",
                        List.of("meta-llama/Llama-3.1-8B"),
                        List.of("allenai/tulu-3-sft-mixture"),
                        List.of("en", "no"),
                        List.of("chat", "text_generation"),
                        "text-generation",
                        "transformers"));
        assertThat(cleaner.clean(clean.markdown()).changed()).isFalse();
    }

    @Test
    void relativeLinksLeadToTheOrigin() {
        URI origin = URI.create("https://huggingface.co/org/model/blob/main");

        assertThat(cleaner.clean("[guide](docs/guide.md#use), [up](../x.md), [part](#use)\n", origin)
                        .markdown())
                .isEqualTo("[guide](https://huggingface.co/org/model/blob/main/docs/guide.md#use),"
                        + " [up](https://huggingface.co/org/model/blob/x.md), [part](#use)\n");
    }

    @Test
    void imagesOfNamedHostsStay() {
        ModelCardCleaner named =
                ModelCardCleaner.builder().imageHosts("cdn.example.com").build();

        assertThat(named.clean("![a](https://cdn.example.com/a.png)\n").changed())
                .isFalse();
        assertThat(named.clean("![a](https://cdn.example.org/a.png)\n").markdown())
                .isEqualTo("[a](https://cdn.example.org/a.png)\n");
    }

    @Test
    void smallPicturesInTheCardStayAndLargeOnesAreNamed() {
        String small = "![a](data:image/png;base64,iVBORw0KGgo=)\n";
        String large = "![a chart](data:image/png;base64," + "A".repeat(40_000) + ")\n";

        assertThat(cleaner.clean(small).changed()).isFalse();
        assertThat(cleaner.clean(large).markdown()).isEqualTo("&#91;image&#58; a chart, 40 KiB, left out&#93;\n");
    }

    @Test
    void frontMatterThatCannotBeReadIsShownAsCode() {
        CleanCard clean = cleaner.clean("---\nmodel: !!python/object/apply:os.system [ls]\n---\n# T\n");

        assertThat(clean.markdown()).isEqualTo("```yaml\nmodel: !!python/object/apply:os.system [ls]\n```\n\n# T\n");
        assertThat(clean.frontMatter().isEmpty()).isTrue();
    }

    @Test
    void aFirstLineThatMkDocsWouldHideStays() {
        assertThat(cleaner.clean("Note: this model is old.\n").markdown()).isEqualTo("\nNote: this model is old.\n");
    }

    @Test
    void aSecondTitleMovesDownWithAllThatFollows() {
        assertThat(cleaner.clean("# A\n\n## B\n\nC\n=\n\nD\n---\n\n<h1>E</h1>\n")
                        .markdown())
                .isEqualTo("# A\n\n### B\n\nC\n-\n\n### D\n\n<h2>E</h2>\n");
    }

    @Test
    void lineEndsAndControlsAreMended() {
        assertThat(cleaner.clean("# A\r\n\r\nb\u0000c\rd\n").markdown()).isEqualTo("# A\n\nbc\nd\n");
    }

    @Test
    void bytesThatAreNoUtf8AreReadAsWindowsText() {
        byte[] card = "caf\u00e9 \u201cx\u201d\n".getBytes(Charset.forName("windows-1252"));

        assertThat(cleaner.clean(card, null).markdown()).isEqualTo("caf\u00e9 \u201cx\u201d\n");
        assertThat(cleaner.clean("\ufeff# A\n".getBytes(StandardCharsets.UTF_16LE), null)
                        .markdown())
                .isEqualTo("# A\n");
    }

    @Test
    void aCardThatIsTooLongIsCutAtALineAndSaysSo() {
        ModelCardCleaner small = ModelCardCleaner.builder().maxBytes(2048).build();

        CleanCard clean = small.clean("a line of text\n".repeat(400));

        assertThat(clean.markdown())
                .hasSizeLessThan(2048)
                .endsWith("of text\n\n*This card is cut: it is 6 KiB long.*\n");
        assertThat(small.clean(clean.markdown()).changed()).isFalse();
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ModelCardCleaner.builder().imageHosts("https://x.org"))
                .hasMessage("imageHosts must be host names such as cdn.example.com, was \"https://x.org\"");
        assertThatThrownBy(() -> ModelCardCleaner.builder().maxBytes(3))
                .hasMessage("maxBytes must be between 1 KiB and 64 MiB, was 3");
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream card = ModelCardCleanerTest.class.getResourceAsStream("/clean/" + name)) {
            assertThat(card).as(name).isNotNull();
            return card.readAllBytes();
        }
    }
}
