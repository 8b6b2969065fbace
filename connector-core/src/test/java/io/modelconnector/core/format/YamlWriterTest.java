package io.modelconnector.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlWriterTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String[] PIECES = {
        " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ":", ": ", "#", " #", "- ", "? ", "'", "\"", "\\", "\\n", "{", "}",
        "[", "]", "&", "*", "!", "|", ">", "%", "@", "`", ",", "---", "...", "<<", "=", "~", "null", "yes", "1.0",
        "granite", "é", "模型", "🦙", "\u0000", "\u0007", "\u001b", "\u007f", "\u0085", "\u00a0", "\u2028", "\u2029",
        "\u3000", "\ufeff", "\ufffd", "\ufffe", "\uffff",
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "No",
                "y",
                "true",
                "null",
                "~",
                "1.0",
                "1e3",
                "0x1F",
                "0o17",
                ".inf",
                "12:30:45",
                "2025-06-15",
                "- x",
                "# x",
                "x #y",
                "x: y",
                "x:",
                "?",
                "[x]",
                "{x: y}",
                "&x",
                "*x",
                "!x",
                "|",
                ">-",
                "%YAML 1.1",
                "@x",
                "`x",
                "'x'",
                "\"x\"",
                "\\x",
                "---",
                "...",
                "<<",
                "=",
                " leading",
                "trailing ",
                "Größe 模型 🦙",
            })
    void writesATextThatIsReadAsTheSameText(String text) throws IOException {
        assertReadAsWritten(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\ntwo",
                "one\ntwo\n",
                "one\n",
                "one\n\n",
                "one\n\n\ntwo",
                "\none",
                "\n",
                "\n\n",
                " one\ntwo",
                "one\n two\n  three",
                "one \ntwo",
                "one\ntwo ",
                "one\n   \ntwo",
                "one\n\ttwo",
                "\tone\ntwo",
                "one\r\ntwo",
                "---\none\n---\ntwo",
                "one\n...\ntwo",
                "# one\n- two\n? three\n: four\n",
                "openapi: 3.1.0\ninfo:\n  title: \"Granite\"\n",
                "🦙\n模型",
            })
    void writesLinesThatAreReadAsTheSameLines(String text) throws IOException {
        assertReadAsWritten(text);
    }

    @Test
    void writesEveryCharacterSoThatItIsReadAsTheSame() throws IOException {
        YamlWriter yaml = new YamlWriter();
        List<String> texts = new ArrayList<>();
        yaml.begin("texts");
        for (int c = 0; c < 0x10400; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String text = Character.toString(c);
                texts.add(text);
                yaml.item(text);
            }
        }
        yaml.end();

        assertThat(YAML.readValue(yaml.bytes(), Object.class)).isEqualTo(Map.of("texts", texts));
    }

    @Test
    void writesEveryCharacterAmongLinesSoThatItIsReadAsTheSame() throws IOException {
        YamlWriter yaml = new YamlWriter();
        Map<String, String> texts = new HashMap<>();
        yaml.begin("texts");
        for (int c = 0; c < 0x10400; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String character = Character.toString(c);
                String text = "one\n" + character + "\ntwo" + character;
                texts.put("u" + c, text);
                yaml.text("u" + c, text);
            }
        }
        yaml.end();

        assertThat(YAML.readValue(yaml.bytes(), Object.class)).isEqualTo(Map.of("texts", texts));
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        YamlWriter yaml = new YamlWriter();
        yaml.entry("\ud83e", "a \udd99 b");
        yaml.text("field", "\ud83e\ntwo");

        assertThat(text(yaml)).isEqualTo("\"\ufffd\": \"a \ufffd b\"\nfield: |-\n  \ufffd\n  two\n");
    }

    @Test
    void writesLinesAsTheyAreWhereThatIsSafe() {
        YamlWriter yaml = new YamlWriter();
        yaml.text("definition", "openapi: 3.1.0\n\npaths:\n  /v1/models: {}\n");
        yaml.begin("metadata");
        yaml.text("description", "First\nSecond");
        yaml.end();

        assertThat(text(yaml)).isEqualTo("""
                        definition: |
                          openapi: 3.1.0

                          paths:
                            /v1/models: {}
                        metadata:
                          description: |-
                            First
                            Second
                        """);
    }

    @Test
    void quotesLinesThatAnEditorMightChange() {
        YamlWriter yaml = new YamlWriter();
        yaml.text("a", "trailing \nspace");
        yaml.text("b", "tab\tinside\nof a line");
        yaml.text("c", "carriage\r\nreturn");

        assertThat(text(yaml)).isEqualTo("""
                        a: "trailing \\nspace"
                        b: "tab\\tinside\\nof a line"
                        c: "carriage\\r\\nreturn"
                        """);
    }

    @Test
    void writesItemsThatHoldFields() throws IOException {
        YamlWriter yaml = new YamlWriter();
        yaml.begin("links");
        yaml.beginItem();
        yaml.text("title", "two\nlines");
        yaml.text("url", "https://example.com");
        yaml.end();
        yaml.beginItem();
        yaml.text("url", "https://example.com/2");
        yaml.end();
        yaml.end();
        yaml.text("after", "them");

        assertThat(text(yaml)).isEqualTo("""
                        links:
                          - title: |-
                              two
                              lines
                            url: "https://example.com"
                          - url: "https://example.com/2"
                        after: "them"
                        """);
        assertThat(YAML.readTree(yaml.bytes()).at("/links/0/title").textValue()).isEqualTo("two\nlines");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void writesAnyTextSoThatItIsReadAsTheSameText(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            assertReadAsWritten(text(random));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
            if (random.nextInt(4) == 0) {
                text.appendCodePoint(codePoint(random));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    /** Any character: no half of a surrogate pair. */
    private static int codePoint(Random random) {
        int codePoint = random.nextInt(random.nextBoolean() ? 0x250 : Character.MAX_CODE_POINT + 1);
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return half ? 0x250 : codePoint;
    }

    /** Wherever a text may stand: as a value, as an item, as a key, and deep inside. */
    private static void assertReadAsWritten(String text) throws IOException {
        YamlWriter yaml = new YamlWriter();
        yaml.beginDocument();
        yaml.text("value", text);
        yaml.begin("items");
        yaml.item(text);
        yaml.end();
        yaml.begin("map");
        yaml.entry("key " + text, text);
        yaml.begin("links");
        yaml.beginItem();
        yaml.text("title", text);
        yaml.text("last", text);
        yaml.end();
        yaml.end();
        yaml.end();
        yaml.text("end", text);

        Map<String, Object> map = Map.of("key " + text, text, "links", List.of(Map.of("title", text, "last", text)));
        assertThat(YAML.readValue(yaml.bytes(), Object.class))
                .as(text(yaml))
                .isEqualTo(Map.of("value", text, "items", List.of(text), "map", map, "end", text));
    }

    private static String text(YamlWriter yaml) {
        return new String(yaml.bytes(), UTF_8);
    }
}
