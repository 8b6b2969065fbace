package io.modelconnector.techdocs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CardHtmlTest {
    @Test
    void aCardIsWrittenAsAPartOfAPage() {
        String card = """
                # Granite 3.1

                A model for *instructions*, see [its paper](https://example.com/paper?a=1&b=2 "The paper").

                ###### Results

                | Task | Score |
                |------|------:|
                | Chat |  71 % |

                ```python
                answer = model("<prompt>")
                ```
                """;

        assertThat(CardHtml.of(card))
                .hasValueSatisfying(html -> assertThat(html)
                        .contains(
                                "<h3>Granite 3.1</h3>",
                                "<em>instructions</em>",
                                "<a href=\"https://example.com/paper?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">its paper</a>",
                                "<h6>Results</h6>",
                                "<td align=\"right\">71 %</td>",
                                "<code class=\"language-python\">answer = model(&quot;&lt;prompt&gt;&quot;)"));
    }

    @Test
    void htmlIsShownAsText() {
        assertThat(html("<script>alert(1)</script>\n\nand <b onclick=\"alert(1)\">bold</b>"))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b onclick=&quot;alert(1)&quot;&gt;bold")
                .doesNotContain("<script", "<b ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java&#115;cript:alert(1)",
                "&#106;avascript:alert(1)",
                "java\\script:x",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "//evil.example.com/",
                "LICENSE.md",
                "/admin",
                "#usage",
                "?entry=a/b"
            })
    void aLinkThatLeadsNowhereGoodIsOnlyItsText(String target) {
        assertThat(html("[the text](<" + target + ">)")).isEqualTo("<p>the text</p>\n");
        assertThat(html("![the text](<" + target + ">)")).isEqualTo("<p>Image: the text</p>\n");
    }

    @Test
    void linksLeadToTheWebAndToMail() {
        assertThat(html("<https://example.com/> and [mail](mailto:maya@example.com)"))
                .contains("<a href=\"https://example.com/\" rel", "<a href=\"mailto:maya@example.com\" rel");
        assertThat(html("[x](https://example.com/\"onclick=alert(1))")).doesNotContain("\" onclick", "\"onclick");
    }

    @Test
    void imagesAreNotLoaded() {
        assertThat(html("![A `benchmark` *chart*](https://images.example.com/chart.png)"))
                .isEqualTo(
                        "<p><a href=\"https://images.example.com/chart.png\" rel=\"noopener noreferrer nofollow\">Image: A"
                                + " benchmark chart</a></p>\n");
        assertThat(html("[![Licence](https://shields.example.com/a.svg)](https://example.com/licence)"))
                .isEqualTo("<p><a href=\"https://example.com/licence\" rel=\"noopener noreferrer nofollow\">Image:"
                        + " Licence</a></p>\n");
        assertThat(html("![](https://images.example.com/a.png)")).contains("Image: without a description");
    }

    @Test
    void whatNestsTooDeepOrIsTooLongIsNotWrittenAndTakesNoTime() {
        for (String deep : List.of("> ".repeat(5000) + "x", "- ".repeat(5000) + "x", "* a\n".repeat(3) + "  * b")) {
            assertThat(CardHtml.of(deep))
                    .satisfiesAnyOf(
                            html -> assertThat(html).isEmpty(),
                            html -> assertThat(html.orElseThrow()).doesNotContain("<script"));
        }
        for (String deep :
                List.of("*a **b ".repeat(20_000), "[".repeat(50_000), "![".repeat(50_000), "[a](".repeat(50_000))) {
            assertThat(CardHtml.of(deep + "*b** ".repeat(20_000)))
                    .satisfiesAnyOf(
                            html -> assertThat(html).isEmpty(),
                            html -> assertThat(html.orElseThrow()).startsWith("<"));
        }
        assertThat(CardHtml.of("x".repeat((1 << 20) + 1))).isEmpty();
    }

    @Test
    void anEmptyCardIsEmpty() {
        assertThat(CardHtml.of("")).contains("");
    }

    private static String html(String markdown) {
        return CardHtml.of(markdown).orElseThrow();
    }
}
