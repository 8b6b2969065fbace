package io.modelconnector.techdocs.clean;

import io.modelconnector.techdocs.clean.CardOutline.Leaf;
import io.modelconnector.techdocs.clean.InlineScan.CodeSpan;
import java.util.List;
import org.commonmark.node.Heading;
import org.jspecify.annotations.Nullable;

/** Goes through a card once and mends what it finds. A card that comes out as it went in is clean. */
final class CardPass {
    private static final int WIDEST_INDENT = 100;
    /** Each line may be a block, which costs a renderer far more than a line of text. */
    private static final int MOST_LINES = 64 * 1024;

    private CardPass() {}

    /** The card with what was found mended; null if it cannot be shown as Markdown. */
    static @Nullable String run(String card, LinkTargets targets) {
        if (hasTooManyLines(card) || hasDeepLine(card)) {
            return null;
        }
        CardOutline outline = CardOutline.of(card);
        if (outline.isTooDeep()) {
            return null;
        }
        Edits edits = new Edits(card);
        CardCode code = new CardCode(edits);
        code.blocks(outline.codes());
        new CardLists(edits).reindent(outline.lists());
        CardTags tags = new CardTags(edits, targets);
        CardLinks links = new CardLinks(edits, outline, targets);
        CardMaths maths = new CardMaths(edits);
        CardHeadings headings = new CardHeadings(edits);
        int nextCode = 0;
        for (Leaf leaf : outline.leaves()) {
            LeafText text = leaf.text();
            while (nextCode < outline.codes().size()
                    && outline.codes().get(nextCode).start() < text.inCard(text.from())) {
                tags.noteMarkdown();
                nextCode++;
            }
            if (leaf.isHtml()) {
                tags.scan(leaf, List.of(), List.of());
                continue;
            }
            InlineScan scan = InlineScan.of(outline, text);
            for (CodeSpan span : scan.codeSpans()) {
                String content = text.text().substring(span.start() + span.ticks(), span.end() - span.ticks());
                code.span(text.inCard(span.start()), text.inCard(span.end() - 1) + 1, span.ticks(), content);
            }
            tags.scan(leaf, scan.codeSpans(), scan.links());
            links.links(text, scan.links(), leaf.block() instanceof Heading);
            links.manyLone(text, scan.loneBrackets());
            links.manyLone(text, scan.loneTicks());
            maths.formulas(text, scan.codeSpans());
            headings.escapeHashes(leaf);
            headings.rename(leaf);
        }
        outline.definitions().forEach(links::definition);
        headings.dedent(outline.headings());
        headings.level(outline.headings(), tags.settle());
        tags.write();
        for (int crowded : outline.crowded()) {
            int line = card.lastIndexOf('\n', crowded - 1) + 1;
            edits.insert(line, card.substring(line, crowded).stripTrailing() + "\n");
        }
        new TextSweep(edits).run();
        return edits.apply();
    }

    private static boolean hasTooManyLines(String card) {
        int lines = 0;
        for (int i = card.indexOf('\n'); i >= 0 && lines <= MOST_LINES; i = card.indexOf('\n', i + 1)) {
            lines++;
        }
        return lines > MOST_LINES;
    }

    /** Whether a line alone opens more lists and quotes than a renderer can bear. */
    private static boolean hasDeepLine(String card) {
        int line = 0;
        while (line < card.length()) {
            int marks = 0;
            int i = line;
            int column = 0;
            boolean marker = true;
            while (i < card.length() && marker) {
                char c = card.charAt(i);
                if (c == '>' || ((c == '-' || c == '*' || c == '+') && isBlank(card, i + 1))) {
                    marks++;
                    if (marks == 1 && column > WIDEST_INDENT) {
                        return true;
                    }
                } else if (c >= '0' && c <= '9') {
                    int digits = i;
                    while (digits < card.length() && digits - i < 9 && Character.isDigit(card.charAt(digits))) {
                        digits++;
                    }
                    boolean item = digits < card.length()
                            && (card.charAt(digits) == '.' || card.charAt(digits) == ')')
                            && isBlank(card, digits + 1);
                    if (!item) {
                        break;
                    }
                    marks++;
                    if (marks == 1 && column > WIDEST_INDENT) {
                        return true;
                    }
                    i = digits;
                } else {
                    marker = c == ' ' || c == '\t';
                }
                column += c == '\t' ? 4 : 1;
                i += marker ? 1 : 0;
            }
            boolean text = i < card.length() && card.charAt(i) != '\n';
            if (marks > CardOutline.DEEPEST && text) {
                return true;
            }
            int end = card.indexOf('\n', i);
            line = end < 0 ? card.length() : end + 1;
        }
        return false;
    }

    private static boolean isBlank(String card, int at) {
        return at < card.length() && (card.charAt(at) == ' ' || card.charAt(at) == '\t');
    }
}
