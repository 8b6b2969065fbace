package io.modelconnector.techdocs.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards that want to do something to whoever reads them. */
class HostileCardTest {
    private static final URI ORIGIN = URI.create("https://good.example/org/model/resolve/main/");

    private final ModelCardCleaner cleaner = ModelCardCleaner.defaults();

    @Test
    void aScriptIsShownAsText() {
        assertThat(clean("Hello <script>alert(1)</script>\n")).isEqualTo("Hello &lt;script>alert(1)&lt;/script>\n");
    }

    @Test
    void anEventHandlerIsTakenFromAnAllowedElement() {
        assertThat(clean("A <b onclick=\"alert(1)\">word</b>\n")).isEqualTo("A <b>word</b>\n");
    }

    @Test
    void aLinkToAScriptIsItsTextAndItsAddress() {
        assertThat(clean("[click](javascript:alert(1))\n")).isEqualTo("click (javascript&#58;alert(1&#41;)\n");
    }

    @Test
    void anAttributeInBracesIsText() {
        assertThat(clean("*word*{: onclick=\"alert(1)\" }\n")).isEqualTo("*word*&#123;: onclick=\"alert(1)\" }\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Text\n{: #__config }",
                "*word*{: .md-annotation }",
                "*word*{: class=\"a md-nav\" }",
                "*word*{: id='__search' }",
                "## Two {: data-toc-label='x' }",
                "Text\n{: contenteditable autofocus }",
                "Text\n{: .a tabindex=0 }",
                "*x*{: title=\"a\"onfocus }",
                "*x*{: name=location }",
            })
    void aListInBracesSetsNothingThatAThemeOrABrowserActsUpon(String card) {
        assertThat(clean(card)).isEqualTo(card.replace("{", "&#123;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## Install {: #install }",
                "[paper](https://arxiv.org/abs/1){.paper title=\"The paper\"}",
                "For $x$ in {a, b} take {\"n\": 1} or {i=1} or `{name=x}`; {data} {once}.",
            })
    void bracesThatDoNothingStay(String card) {
        assertThat(clean(card)).isEqualTo(card);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Send\n{\"text\": \"hello\"}", "## Prompt {question}", "*word*{n}", "| a |\n|---|\n| x {n} |"})
    void bracesThatPythonMarkdownWouldTakeOutOfTheTextStayToBeRead(String card) {
        assertThat(clean(card)).isEqualTo(card.replace("{", "&#123;"));
    }

    @Test
    void anAddressForFilesIsNoLink() {
        assertThat(clean("See FTP://evil.example/x.\n")).isEqualTo("See FTP&#58;//evil.example/x.\n");
    }

    @Test
    void noHeadingIsNamedAsTheSettingsOfATheme() {
        assertThat(clean("## __config\n")).isEqualTo("## &#45; __config\n");
        assertThat(clean("(&#95;_Con*fig*)\n---\n")).isEqualTo("&#45; (&#95;_Con*fig*)\n---\n");
        assertThat(clean("## __config of it\n\n## __init__\n")).isEqualTo("## __config of it\n\n## __init__\n");
    }

    @Test
    void anAnchorKeepsNoNameThatAThemeLooksFor() {
        assertThat(clean("<a id=\"__config\" name=\"x\">a</a>\n")).isEqualTo("<a name=\"x\">a</a>\n");
    }

    @Test
    void aTemplateIsTextAndInCodeReadsTheSame() {
        assertThat(clean("A {{ config }} and `{{ config }}`\n"))
                .isEqualTo("A &#123;{ config }} and <code>&#123;&#123; config &#125;&#125;</code>\n");
    }

    @Test
    void anIncludeIsText() {
        assertThat(clean("--8<-- \"/etc/passwd\"\n")).isEqualTo("--8&lt;-- \"/etc/passwd\"\n");
    }

    @Test
    void aDiagramIsCodeThatNobodyRuns() {
        assertThat(clean("```plantuml\n@startuml\n```\n")).isEqualTo("```text\n@startuml\n```\n");
    }

    @Test
    void codeInAListIsWrittenSoThatNoRendererTakesItForText() {
        assertThat(clean("- a\n\n  ```html\n  <script>\n  ```\n"))
                .isEqualTo("- a\n\n  <pre><code>&#60;script&#62;</code></pre>\n");
    }

    @Test
    void anImageFromAnotherHostIsALink() {
        assertThat(clean("![chart](https://evil.example/c.png)\n")).isEqualTo("[chart](https://evil.example/c.png)\n");
    }

    @Test
    void anImageFromTheOriginStays() {
        assertThat(clean("![chart](c.png)\n"))
                .isEqualTo("![chart](https://good.example/org/model/resolve/main/c.png)\n");
    }

    @Test
    void aHostThatOnlyStandsBeforeAnAtSignIsNotTheOrigin() {
        assertThat(clean("![c](https://good.example:x@evil.example/c.png)\n"))
                .isEqualTo("[c](https://good.example:x@evil.example/c.png)\n");
    }

    @Test
    void aTurnOfTheWritingDirectionIsTakenOut() {
        assertThat(clean("gnp.\u202eexe\n")).isEqualTo("gnp.exe\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ScRiPt/x>alert(1)</sCrIpT>",
                "<svg/onload=alert(1)>",
                "<img src=x onerror=alert(1)>",
                "<a href=\"&#x6A;avascript&colon;alert(1)\">x</a>",
                "<a href=\"java\tscript:alert(1)\">x</a>",
                "[a](<java\tscript:alert(1)>)",
                "[a]( &#106;avascript&#58;alert(1) )",
                "[a]\n\n[a]: javascript:alert(1)",
                "text\n[a]: javascript:alert(1)\n[a]",
                "[^1]: javascript:alert(1)",
                "<!-- x --><script>alert(1)</script>",
                "<!--> <script>alert(1)</script> -->",
                "<scr<b>ipt>alert(1)</script>",
                "<<b>script>alert(1)</b>",
                "\\<script>alert(1)</script>",
                "`a <script>` b` <img src=x onerror=alert(1)>",
                "<div>\n```\n<script>alert(1)</script>\n```\n</div>",
                "- ```\n  x\n\n```\n<script>alert(1)</script>\n```",
                "~~~ {.x onclick=alert(1)}\n<script>alert(1)</script>\n~~~",
                "{++\n```\n++}\n<script>alert(1)</script>\n```",
                ">>> [!tip]\n```\n>>>\n<script>alert(1)</script>\n```",
                "<iframe src=//evil.example></iframe><form action=//evil.example><input></form>",
                "<span title=\"![x](https://evil.example/x.png)\">x</span>",
                "![a][b]\n\n[b]: https://good.example/x.png\n[b]: https://evil.example/x.png",
                "<details open ontoggle=alert(1)>x</details>",
                "<?php x ?><![CDATA[<script>]]><!DOCTYPE x>",
                "| <script> | `a|<img src=x onerror=alert(1)>` |\n|---|---|\n| [x](javascript:a) | x |",
                ":smile: x:smile:x ::uml:: -8<- {% raw %}",
                "<pre><script>alert(1)</script></pre>",
                "<video src=\"https://evil.example/v.mp4\" autoplay></video>",
                "`<s run ` onclick=alert(1)>",
                "[a](https://x.org/::uml::) <https://x.org/~~~plantuml> <a href=\"https://x.org/::uml::\" title=\"::uml::\">x</a>",
                "<h2>x</h2>!&lt;[a](https://evil.example/x.png)",
                "    code\n```\n<script>alert(1)</script>\n```",
                "<math><mtext></mtext></math><style>*{x:y}</style>",
            })
    void nothingIsLeftThatRunsOrCalls(String card) {
        for (URI origin : new URI[] {null, ORIGIN}) {
            String clean = cleaner.clean(card, origin).markdown();

            assertThat(CleanCardRules.broken(clean)).as(clean).isEmpty();
            assertThat(cleaner.clean(clean, origin).changed()).as(clean).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "*",
                "`",
                "<",
                "<!--",
                "![",
                "](",
                "{",
                "&",
                "| a ",
                "- ",
                "> ",
                "<a x='\" ",
                "[a](b \"",
                "<b>",
                "a\n",
                "[a]: b\n",
                "[x](b) ",
                "```\n",
                "`a``",
                "<details>\n\nx\n\n",
                "<img src=x>",
                ":a",
                "\\"
            })
    void aCardOfOneThingAgainAndAgainIsCleanedToo(String unit) {
        String card = unit.repeat(200_000 / unit.length());

        String clean = cleaner.clean(card).markdown();

        assertThat(cleaner.clean(clean).changed()).isFalse();
    }

    @Test
    void listsAThousandDeepAreShownAsText() {
        StringBuilder card = new StringBuilder("# Deep\n\n");
        for (int i = 0; i < 1000; i++) {
            card.append("  ".repeat(i)).append("- a\n");
        }

        assertThat(clean(card.toString()))
                .startsWith("# Deep\n\n*This card is shown as text and cut: it is 980 KiB long.*\n\n<pre>")
                .endsWith("</pre>\n");
        assertThat(clean("> ".repeat(1000) + "x")).startsWith("<pre>");
    }

    @Test
    void bracketsThatWouldKeepPythonMarkdownBusyForHoursAreReferences() {
        assertThat(clean("[".repeat(1000))).isEqualTo("&#91;".repeat(1000));
        assertThat(clean("a [ b\n")).isEqualTo("a [ b\n");
    }

    @Test
    void generatedCardsKeepTheRulesAndAreCleanTheSecondTime() {
        GeneratedCards cards = new GeneratedCards(42);
        for (int i = 0; i < 3000; i++) {
            String card = cards.next();
            String clean = cleaner.clean(card, ORIGIN).markdown();

            assertThat(CleanCardRules.broken(clean)).as(card).isEmpty();
            assertThat(cleaner.clean(clean, ORIGIN).changed()).as(card).isFalse();
        }
    }

    private String clean(String card) {
        return cleaner.clean(card, ORIGIN).markdown();
    }
}
