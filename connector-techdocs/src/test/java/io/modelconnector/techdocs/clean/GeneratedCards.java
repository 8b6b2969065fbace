package io.modelconnector.techdocs.clean;

import java.util.List;
import java.util.Random;

/** Cards by chance, made of what real cards hold and of what hostile ones try. The same seed gives the same cards. */
final class GeneratedCards {
    private static final List<String> BLOCKS = List.of(
            "# ",
            "## ",
            "### ",
            "#",
            "- ",
            "  - ",
            "    - ",
            "1. ",
            "> ",
            ">>> [!tip]",
            "> [!NOTE]",
            "```",
            "```python",
            "````",
            "~~~",
            "    ",
            "\t",
            "| a | b |",
            "| --- | --- |",
            "===",
            "---",
            "***",
            "<div align=\"center\">",
            "</div>",
            "<details>",
            "</details>",
            "<summary>S</summary>",
            "<table>",
            "<tr><td>",
            "</td></tr>",
            "</table>",
            "<p align=center>",
            "</p>",
            "<!--",
            "-->",
            "<pre>",
            "</pre>",
            "<script>",
            "</script>",
            "<h1>",
            "</h1>",
            "[ref]: ",
            "[^1]: ",
            "*[HTML]: ",
            "!!! note",
            "??? tip",
            "=== \"tab\"",
            "::uml::",
            "```plantuml",
            "{: onclick=\"alert(1)\" }",
            "--8<-- \"x\"",
            "Note: x",
            "<center>",
            "</center>",
            "<ul>",
            "<li>",
            "</ul>",
            "```{.python onclick=x}",
            " ```",
            "  ~~~ text",
            "<h2>",
            "</h2>",
            "-   ",
            "\t- ",
            "        * ",
            "  1. ",
            " ## ",
            "> - ",
            "{: contenteditable }",
            "<h1 align=\"center\">",
            "$$");

    private static final List<String> INLINES = List.of(
            "model",
            "the ",
            " ",
            " ",
            "\n",
            "\n",
            "\n\n",
            "`",
            "``",
            "```",
            "*",
            "**",
            "_",
            "~~",
            "$x_{i=1}^{n}$",
            "$\\hat{y}_{c} = \\sum_{i}$",
            "$a^b^c*d*$",
            "\\(",
            "\\[",
            "$",
            "<s>",
            "</s>",
            "1/8/2025",
            "ftp://x.org",
            "{a b}",
            "{: .a tabindex=0 #_x }",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "][",
            "]:",
            "<",
            ">",
            "&lt;",
            "&#60;",
            "&amp;",
            "\\",
            "\"",
            "'",
            "|",
            "{",
            "}",
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "{++",
            "++}",
            "{--",
            "--}",
            "{>>",
            "<<}",
            "{~~",
            "~>",
            "~~}",
            "{==",
            "==}",
            "<b>",
            "</b>",
            "<i>",
            "<br>",
            "<br/>",
            "<a href=\"https://x.org/\">",
            "<a href=javascript:alert(1)>",
            "<a href=\"docs/x.md\">",
            "</a>",
            "<img src=\"https://evil.example/x.png\" alt=\"x\">",
            "<img src=x onerror=alert(1)>",
            "<img src='data:image/png;base64,AAAA'>",
            "<script>alert(1)</script>",
            "<svg/onload=alert(1)>",
            "<think>",
            "</think>",
            "<!-- c -->",
            "<!",
            "<?php ?>",
            "<![CDATA[x]]>",
            "javascript:alert(1)",
            "&#106;avascript&colon;alert(1)",
            "data:text/html,x",
            "https://example.org/a_b",
            "http://x.org/(a)",
            "docs/x.md",
            "./img/logo.png",
            "//cdn.example/x.png",
            "#part",
            "mailto:a@b.c",
            "[text](https://example.org/)",
            "[t](docs/x.md \"T\")",
            "[t](javascript:alert(1))",
            "![a](https://evil.example/b.png)",
            "![a](https://good.example/b.png)",
            "![a](img.png)",
            "[![b](https://img.shields.io/x.svg)](https://example.org)",
            "[ref]",
            "![ref]",
            "[x][ref]",
            "![x][ref]",
            "<https://example.org>",
            "<javascript:alert(1)>",
            "<a@b.org>",
            ":rocket:",
            ":foo_bar:",
            "::",
            "12:30:45",
            "{ onclick=\"alert(1)\" }",
            "{: style=x }",
            "{#id}",
            "{.class}",
            "-8<-",
            "8<",
            "<tag a=\"",
            "\">",
            "onclick=",
            "=",
            "`<script>`",
            "`{{ x }}`",
            "``a`b``",
            "\u202e",
            "\u2066",
            "\u0000",
            "\r",
            "\r\n",
            "\u00e9",
            "\ud83d\ude80",
            "\ud800",
            "<small>",
            "</small>",
            "<span title=\"![x](https://evil.example/y)\">",
            "</span>",
            "<details open>",
            "[a](<b c> \"t\")",
            "[a]( b )",
            "<sub>2</sub>",
            "<code>",
            "</code>",
            "<kbd>x</kbd>",
            "<td>",
            "<video src=v.mp4>");

    private static final List<String> HEADS = List.of(
            "---\nlicense: mit\ntags:\n- a\n---\n",
            "---\nx: !!python/object:os.system\n---\n",
            "---\n: [\n---\n",
            "---\n---\n",
            "---\ntitle\n---\n",
            "\ufeff",
            "Note: x\n",
            "---\n",
            "<!-- c -->\n",
            "# Title\n\n",
            "---\na: &a [1]\nb: *a\n...\n");

    private final Random random;

    GeneratedCards(long seed) {
        random = new Random(seed);
    }

    String next() {
        StringBuilder card = new StringBuilder();
        if (random.nextInt(5) == 0) {
            card.append(one(HEADS));
        }
        int lines = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 14);
        for (int i = 0; i < lines; i++) {
            int blocks = random.nextInt(3);
            for (int k = 0; k < blocks; k++) {
                card.append(one(BLOCKS));
            }
            int inlines = random.nextInt(7);
            for (int k = 0; k < inlines; k++) {
                card.append(one(INLINES));
            }
            card.append(random.nextInt(3) == 0 ? "\n\n" : "\n");
        }
        return card.toString();
    }

    /** The same card with something cut out, doubled or put in. */
    String mutated(String card) {
        StringBuilder mutated = new StringBuilder(card);
        int times = 1 + random.nextInt(6);
        for (int i = 0; i < times && !mutated.isEmpty(); i++) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, mutated.substring(at, end));
                case 2 -> mutated.insert(at, one(INLINES));
                default -> mutated.insert(at, "\n" + one(BLOCKS));
            }
        }
        return mutated.toString();
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
