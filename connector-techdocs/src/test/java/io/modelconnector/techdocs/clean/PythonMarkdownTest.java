package io.modelconnector.techdocs.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What authors write for CommonMark and a site built with Python-Markdown would show otherwise. */
class PythonMarkdownTest {
    private final ModelCardCleaner cleaner = ModelCardCleaner.defaults();
    private String clean = "";

    @AfterEach
    void cleaningItAgainChangesNothing() {
        assertThat(cleaner.clean(clean).markdown()).isEqualTo(clean);
    }

    @Test
    void tokensThatLookLikeTagsAreText() {
        assertThat(clean("Older models use <s>[INST] instead.\n\nTargets end in </s>.\n"))
                .isEqualTo("Older models use &lt;s>[INST] instead.\n\nTargets end in &lt;/s>.\n");
    }

    @Test
    void whatIsStruckThroughStaysSo() {
        assertThat(clean("It costs <s>5</s> 4 <u>dollars</u>.\n")).isEqualTo("It costs <s>5</s> 4 <u>dollars</u>.\n");
    }

    @Test
    void aFormulaWithUnderscoresIsNoEmphasis() {
        assertThat(clean("It is $\\hat{y}_{c} = \\sum_{i=1}^{n} w_i x_{c,t-i}$, so\n"))
                .isEqualTo("It is $\\hat{y}&#95;{c} = \\sum_{i=1}^{n} w_i x_{c,t-i}$, so\n");
        assertThat(clean("$$\n\\|x\\|__2 + \\|y\\|_2\n$$\n")).isEqualTo("$$\n\\|x\\|&#95;&#95;2 + \\|y\\|&#95;2\n$$\n");
        assertThat(clean("\\(a*b*c\\)\n")).isEqualTo("\\(a&#42;b&#42;c\\)\n");
    }

    @Test
    void aFormulaWithCaretsRaisesNothing() {
        assertThat(clean("Take $e^{x}+e^{y}$ and $x^2$,$y^2$.\n"))
                .isEqualTo("Take $e&#94;{x}+e&#94;{y}$ and $x&#94;2$,$y&#94;2$.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The loss is $L = -\\sum_{i=1}^{n} \\log p_{\\theta}(x_i)$, of $x_i$ and $x^2$ or $y^2$.\n",
                "$$\n\\frac{1}{n} \\sum_{i=1}^{n} x_{i}\n$$\n",
                "It costs $5 or *more*, then $6 and _more_.\n",
                "`$a*b*c$` stays.\n",
            })
    void plainFormulasAndAmountsStay(String card) {
        assertThat(clean(card)).isEqualTo(card);
    }

    @Test
    void aHeadingStandsAtTheLeftEdge() {
        assertThat(clean("# A\n\n ### Misuse\n\n   ## Limits\n")).isEqualTo("# A\n\n### Misuse\n\n## Limits\n");
        assertThat(clean("# A\n\n  # B\n")).isEqualTo("# A\n\n## B\n");
    }

    @Test
    void aDateIsNoFraction() {
        assertThat(clean("Released 1/8/2025, 12/11/2024, https://x.org/1/2/2025, 1/2.\n"))
                .isEqualTo("Released 1&#47;8&#47;2025, 12/11/2024, https://x.org/1/2/2025, 1/2.\n");
    }

    @Test
    void aListInAQuoteBeginsBehindAnEmptyLine() {
        assertThat(clean("> **Note**:\n> - first\n> - second\n")).isEqualTo("> **Note**:\n>\n> - first\n> - second\n");
    }

    @Test
    void nestedListsAreIndentedByTwoBlanksALevel() {
        assertThat(clean("* a\n    * b\n        * c\n* d\n")).isEqualTo("* a\n  * b\n    * c\n* d\n");
        assertThat(clean("- a:\n\t- *b*\n")).isEqualTo("- a:\n  - *b*\n");
        assertThat(clean("1. a\n    - b\n        - c\n")).isEqualTo("1. a\n   - b\n     - c\n");
    }

    @Test
    void whatBelongsToAnItemMovesWithIt() {
        assertThat(
                        clean(
                                "-   **Input:**\n    -   Text, such as\n        a question\n\n        ```text\n          two\n        ```\n\n    more\n"))
                .isEqualTo(
                        "- **Input:**\n  - Text, such as\n    a question\n\n    ```text\n      two\n    ```\n\n  more\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- a\n  - b\n    - c\n",
                "1. a\n   - b\n",
                "1. a\n   1. b\n      - c\n",
                "9. a\n10. b\n    - c\n",
                "- - a\n      - b\n",
                "-   a\n-   b\n",
            })
    void listsThatAreSeenOrCannotBeSeenEverywhereStay(String card) {
        assertThat(clean(card)).isEqualTo(card);
    }

    @Test
    void whatStoodInAWrapperThatIsGoneIsNoCode() {
        assertThat(clean("<p align=\"center\">\n    <img src=\"https://x.org/a.png\" alt=\"logo\">\n<p>\n"))
                .isEqualTo("\n<a href=\"https://x.org/a.png\">logo</a>\n\n");
        assertThat(clean("<div>\n\t<b>a</b>\n\n*b*\n</div>\n")).isEqualTo("\n<b>a</b>\n\n*b*\n\n");
    }

    @Test
    void theFactsStandBehindATitleInHtml() {
        assertThat(clean("---\nlicense: mit\n---\n\n<h1 align=\"center\">Bee</h1>\n<p>a</p>\n"))
                .isEqualTo(
                        "<h1 align=\"center\">Bee</h1>\n\n| Property | Value |\n| --- | --- |\n| Licence | mit |\n\n<p>a</p>\n");
    }

    @Test
    void anIconInATitleIsLeftOutUnlessItIsTheTitle() {
        assertThat(clean("<h1>\n  Basalt\n  <img src=\"https://x.org/a.png\" alt=\"Icon\">\n</h1>\n"))
                .isEqualTo("<h1>\n  Basalt\n  \n</h1>\n");
        assertThat(clean("# Basalt ![Icon](https://x.org/a.png)\n")).isEqualTo("# Basalt \n");
        assertThat(clean("# ![Basalt](https://x.org/a.png)\n")).isEqualTo("# [Basalt](https://x.org/a.png)\n");
    }

    @Test
    void aCardShownAsTextThatIsCutSaysSoAtItsTop() {
        ModelCardCleaner small = ModelCardCleaner.builder().maxBytes(16 * 1024).build();
        String card = "# Deep\n\n" + "- ".repeat(50) + "x\n\n" + "A line of 1/8/2025.\n".repeat(600);

        clean = small.clean(card).markdown();

        assertThat(clean)
                .contains("&#10;A line of 1&#47;8&#47;2025.&#10;")
                .startsWith("# Deep\n\n*This card is shown as text and cut: it is 12 KiB long.*\n\n<pre>")
                .hasSizeLessThan(4096);
    }

    @Test
    void aCardShownAsTextHasNoTabsAndNoLongRunsOfBlanks() {
        clean = cleaner.clean("- ".repeat(50) + "x\n\n\ty" + " ".repeat(40) + "z\n")
                .markdown();

        assertThat(clean)
                .contains("&#10;&#9;y" + " ".repeat(33) + "&#32; &#32; &#32; &#32;z")
                .doesNotContain("\t");
    }

    private String clean(String card) {
        clean = cleaner.clean(card).markdown();
        return clean;
    }
}
