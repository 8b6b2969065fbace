package io.modelconnector.techdocs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hostile cards whose only weapon is their size or depth.
 *
 * <p>At full size they take all that the cleaner takes, 1 MiB. Python-Markdown needs minutes for some of what it is given at
 * that size, whatever it is, so the pages are made of smaller ones: as deep, but a fraction as long.
 */
final class GeneratedCards {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String[] REPEATED = {
        "[", "]", "![", "](", "*", "_", "`", "<", ">", "&", "{", "|", "\\", "~", "=", "#", "!", ":", "(", "<!--", "<?",
        "<a ", "<b>", "</b>", "&#", "{{", "*a_", "`a``b", "[^", "--8<--", "$", "\t", "é", "- ", "> "
    };

    private final SortedMap<String, byte[]> cards = new TreeMap<>();
    private final int fraction;

    private GeneratedCards(int fraction) {
        this.fraction = fraction;
        deep();
        manyBlocks();
        manyInlines();
        longOnes();
    }

    /** Cards of about 1 MiB, to be cleaned. */
    static SortedMap<String, byte[]> full() {
        return new GeneratedCards(1).cards;
    }

    /** Cards of about 8 KiB, to be shown; with a full 100,000 links and 1,000 levels. */
    static SortedMap<String, byte[]> shown() {
        SortedMap<String, byte[]> shown = new GeneratedCards(128).cards;
        shown.put("many-links", manyLinks(1));
        return shown;
    }

    private void deep() {
        cards.put("deep-lists-by-indent", lines(1000, i -> "  ".repeat(i) + "- level " + i));
        cards.put("deep-lists-by-tab", lines(1000, i -> "\t".repeat(i) + "* level " + i));
        cards.put("deep-numbered-lists", lines(1000, i -> "   ".repeat(i) + "1. level " + i));
        cards.put("deep-lists-on-one-line", card("- ".repeat(1000) + "item"));
        cards.put("deep-quotes", lines(1000, i -> "> ".repeat(i) + "level " + i));
        cards.put("deep-quotes-on-one-line", card(">".repeat(1000) + " quote"));
        cards.put("deep-quotes-and-lists", card("> - ".repeat(500) + "item"));
        cards.put("deep-emphasis", card("*a **b ".repeat(1000) + "c" + "** *".repeat(1000)));
        cards.put("deep-brackets", card("[".repeat(1000) + "x" + "](https://example.com)".repeat(1000)));
        cards.put("deep-images", card("![".repeat(1000) + "x" + "](https://example.com/x.png)".repeat(1000)));
        cards.put("deep-elements", card("<div>\n".repeat(1000) + "x\n" + "</div>\n".repeat(1000)));
        cards.put("deep-inline-elements", card("<b>".repeat(1000) + "x" + "</b>".repeat(1000)));
        cards.put(
                "deep-markdown-elements",
                card("<div markdown=\"1\">\n".repeat(1000) + "x\n" + "</div>\n".repeat(1000)));
        cards.put(
                "deep-details",
                card("<details><summary>s</summary>\n\n".repeat(500) + "x\n" + "</details>\n".repeat(500)));
        cards.put("deep-admonitions", lines(300, i -> "    ".repeat(i) + "!!! note \"" + i + "\"\n"));
        cards.put(
                "deep-definitions",
                lines(300, i -> "    ".repeat(i) + "term\n" + "    ".repeat(i) + ":   definition\n"));
        cards.put("deep-footnotes", lines(1000, i -> "[^" + i + "]: see[^" + (i + 1) + "]\n"));
    }

    private void manyBlocks() {
        cards.put("many-references", card(each(50_000 / fraction, i -> "[" + i + "]: /" + i + "\n")));
        cards.put("many-headings", card(each(20_000 / fraction, i -> "# Heading " + i + "\n\n")));
        cards.put("many-lists", card("- item\n".repeat(100_000 / fraction)));
        cards.put("many-fences", card("```\n~~~\n".repeat(50_000 / fraction)));
        cards.put("many-opened-fences", card(each(20_000 / fraction, i -> "`".repeat(3 + i % 40) + "\n")));
        cards.put("many-scripts", card("<script>pwned(1)</script>\n".repeat(30_000 / fraction)));
        cards.put("many-closers", card("</div>\n".repeat(100_000 / fraction)));
        cards.put("many-openers", card("<div>\n".repeat(50_000 / fraction)));
        cards.put(
                "many-footnotes",
                card(each(5_000 / fraction, i -> "[^" + i + "] ") + "\n\n"
                        + each(5_000 / fraction, i -> "[^" + i + "]: x\n")));
        cards.put("many-rows", card("| a | b |\n|---|---|\n" + "| `x` | y |\n".repeat(50_000 / fraction)));
        cards.put(
                "many-columns",
                card("|" + "a|".repeat(5_000 / fraction) + "\n|" + "-|".repeat(5_000 / fraction) + "\n"
                        + ("|" + "b|".repeat(5_000 / fraction) + "\n").repeat(20)));
        cards.put("many-paragraphs", card("word\n\n".repeat(100_000 / fraction)));
        cards.put("many-setext-headings", card("word\n---\n".repeat(50_000 / fraction)));
    }

    private void manyInlines() {
        cards.put("many-links", manyLinks(fraction));
        cards.put(
                "many-web-links", card(each(30_000 / fraction, i -> "[l" + i + "](https://example.com/" + i + ")\n")));
        cards.put("many-bad-links", card(each(50_000 / fraction, i -> "[x](data:" + i + ") ")));
        cards.put("many-uses-of-references", card("[a]: https://example.com/\n\n" + "[a] ".repeat(100_000 / fraction)));
        cards.put("many-images", card(each(40_000 / fraction, i -> "![" + i + "](i" + i + ".png) ")));
        cards.put("many-code-spans", card("`<b>` ".repeat(50_000 / fraction)));
        cards.put(
                "many-uneven-code-spans",
                card(each(1400 / fraction, "`"::repeat).replaceAll("(`+)", "$1 x ")));
        cards.put("many-tags", card("<b onclick=x>".repeat(50_000 / fraction)));
        cards.put("many-comments", card("<!-- x -->".repeat(80_000 / fraction)));
        cards.put("many-attribute-lists", card("*x*{: onclick=pwned(1) }\n".repeat(30_000 / fraction)));
        cards.put("many-macros", card("{{ 7 * 191 }}\n".repeat(50_000 / fraction)));
        cards.put("many-emoji", card(":smile: ".repeat(100_000 / fraction)));
        cards.put("many-entities", card("&#106;".repeat(150_000 / fraction)));
    }

    private void longOnes() {
        for (int i = 0; i < REPEATED.length; i++) {
            int times = (MEBIBYTE / REPEATED[i].getBytes(UTF_8).length - 64) / fraction;
            cards.put("long-repeated-%02d".formatted(i), card(REPEATED[i].repeat(times)));
        }
        cards.put("long-line", card("word ".repeat(200_000 / fraction)));
        cards.put("long-word", card("w".repeat(900_000 / fraction)));
        cards.put("long-data-uri", card("![x](data:image/png;base64," + "A".repeat(900_000 / fraction) + ")"));
        cards.put(
                "long-data-uri-element",
                card("<img src=\"data:image/png;base64," + "A".repeat(900_000 / fraction) + "\">"));
        cards.put(
                "long-front-matter",
                card("---\n" + each(30_000 / fraction, i -> "key" + i + ": [a, b, c]\n") + "---\n# Title"));
        cards.put("long-flow-front-matter", card("---\ntags: " + "[".repeat(50_000 / fraction) + "\n---\n# Title"));
        cards.put("long-unclosed-front-matter", card("---\n" + "key: value\n".repeat(80_000 / fraction)));
        cards.put("long-unclosed-comment", card("<!-- " + "word ".repeat(150_000 / fraction)));
        cards.put("long-title", card("# " + "word ".repeat(150_000 / fraction)));
        cards.put("long-table-cell", card("| a |\n|---|\n| " + "`x` <b>y</b> ".repeat(60_000 / fraction) + " |"));
        cards.put("too-long", card("word\n\n".repeat(700_000 / fraction)));
    }

    private static byte[] manyLinks(int fraction) {
        return card(each(100_000 / fraction, i -> "[" + i + "](/) "));
    }

    private static byte[] lines(int count, IntFunction<String> line) {
        return card(each(count, i -> line.apply(i) + "\n"));
    }

    private static String each(int count, IntFunction<String> piece) {
        return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
    }

    private static byte[] card(String body) {
        return (body + "\n\n" + CardCorpus.END + "\n").getBytes(UTF_8);
    }
}
