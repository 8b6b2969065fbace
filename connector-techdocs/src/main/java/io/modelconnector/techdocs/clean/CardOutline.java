package io.modelconnector.techdocs.clean;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLine;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a card, in order, as commonmark sees them. What is inside of a line is left to {@link InlineScan}, which looks
 * for less than commonmark does and is several times as fast.
 */
final class CardOutline {
    /** Deeper nesting is not shown as such: renderers recurse. */
    static final int DEEPEST = 30;

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .maxOpenBlockParsers(DEEPEST + 4)
            .inlineParserFactory(CardOutline::keeper)
            .build();

    private final String card;
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Code> codes = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Title> headings = new ArrayList<>();
    private final List<ListBlock> lists = new ArrayList<>();
    private final List<Integer> crowded = new ArrayList<>();
    private @Nullable InlineParserContext references;
    private int deepest;

    /** Text with markup, or a block of raw HTML; {@code scope} is the block within which its tags must find their match. */
    record Leaf(Node block, LeafText text, Object scope) {
        boolean isHtml() {
            return block instanceof HtmlBlock;
        }
    }

    /** A block of code; at the top level it stands at the left edge of the card, in no list or quote. */
    record Code(Block block, int start, int end, boolean topLevel) {}

    /** A definition of a reference. */
    record Definition(LinkReferenceDefinition block, int start, int end) {}

    /** A heading with its lines; if there is more than one line, the last one is the underline. */
    record Title(Heading block, List<SourceSpan> lines) {}

    private CardOutline(String card) {
        this.card = card;
    }

    static CardOutline of(String card) {
        CardOutline outline = new CardOutline(card);
        outline.visitChildren(PARSER.parse(card), 1);
        return outline;
    }

    List<Leaf> leaves() {
        return leaves;
    }

    List<Code> codes() {
        return codes;
    }

    List<Definition> definitions() {
        return definitions;
    }

    List<Title> headings() {
        return headings;
    }

    /** Where a list or table begins right under a paragraph, with no empty line between. */
    List<Integer> crowded() {
        return crowded;
    }

    /** The lists that are in no other list and in no quote. */
    List<ListBlock> lists() {
        return lists;
    }

    /** Whether two texts are the same blocks with the same text in them, however they are indented. */
    static boolean areAlike(String one, String other) {
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        describe(PARSER.parse(one), one, first);
        describe(PARSER.parse(other), other, second);
        return first.compareTo(second) == 0;
    }

    private static void describe(Node node, String text, StringBuilder description) {
        description.append('(').append(node.getClass().getSimpleName());
        if (node instanceof Lines lines) {
            for (SourceSpan span : lines.spans) {
                int start = span.getInputIndex();
                String line = text.substring(start, start + span.getLength());
                description.append('\n').append(line.strip());
            }
        } else if (node instanceof FencedCodeBlock fence) {
            description.append(fence.getInfo()).append('\n').append(fence.getLiteral());
        } else if (node instanceof IndentedCodeBlock code) {
            description.append('\n').append(code.getLiteral());
        } else if (node instanceof HtmlBlock html) {
            description.append('\n').append(html.getLiteral());
        } else if (node instanceof ListBlock list) {
            description.append(list.isTight());
            if (list instanceof OrderedList ordered) {
                description.append(ordered.getMarkerStartNumber());
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            describe(child, text, description);
        }
        description.append(')');
    }

    boolean isTooDeep() {
        return deepest > DEEPEST;
    }

    boolean isDefined(String label) {
        return !definitions.isEmpty() && definition(label) != null;
    }

    String destination(String label) {
        LinkReferenceDefinition definition = definition(label);
        return definition == null ? "" : definition.getDestination();
    }

    private @Nullable LinkReferenceDefinition definition(String label) {
        return references == null ? null : references.getDefinition(LinkReferenceDefinition.class, label);
    }

    private void visitChildren(Node parent, int depth) {
        deepest = Math.max(deepest, depth);
        if (depth > DEEPEST + 8) {
            return;
        }
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            visit(node, depth);
        }
    }

    private void visit(Node node, int depth) {
        List<SourceSpan> spans = node.getSourceSpans();
        boolean topLevel = node.getParent() instanceof Document;
        if (node instanceof Lines lines) {
            Node block = node.getParent();
            references = lines.references;
            leaves.add(new Leaf(block, LeafText.of(card, lines.spans), block));
        } else if (node instanceof HtmlBlock) {
            leaves.add(new Leaf(node, LeafText.of(card, spans), node.getParent()));
        } else if (node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock) {
            if (!spans.isEmpty()) {
                codes.add(new Code((Block) node, start(spans), end(spans), topLevel));
            }
        } else if (node instanceof LinkReferenceDefinition definition) {
            if (!spans.isEmpty()) {
                definitions.add(new Definition(definition, start(spans), end(spans)));
            }
        } else {
            if (node instanceof Heading heading && !spans.isEmpty()) {
                headings.add(new Title(heading, spans));
            }
            if (topLevel && node instanceof ListBlock list && !spans.isEmpty()) {
                lists.add(list);
            }
            boolean quoted = node.getParent() instanceof BlockQuote quote && quote.getParent() instanceof Document;
            if ((topLevel && node instanceof TableBlock) || ((topLevel || quoted) && node instanceof ListBlock)) {
                noteCrowding(node);
            }
            visitChildren(node, depth + 1);
        }
    }

    private void noteCrowding(Node node) {
        if (!(node.getPrevious() instanceof Paragraph paragraph)) {
            return;
        }
        int start = start(node.getSourceSpans());
        int line = card.lastIndexOf('\n', start - 1) + 1;
        boolean next = end(paragraph.getSourceSpans()) == line - 1;
        if (next && card.substring(line, start).chars().allMatch(c -> c == ' ' || c == '>')) {
            crowded.add(start);
        }
    }

    private static int start(List<SourceSpan> spans) {
        return spans.get(0).getInputIndex();
    }

    private static int end(List<SourceSpan> spans) {
        SourceSpan last = spans.get(spans.size() - 1);
        return last.getInputIndex() + last.getLength();
    }

    /** The lines of a paragraph, a heading or a cell, for later, and where to look references up. */
    private static final class Lines extends CustomNode {
        private final List<SourceSpan> spans;
        private final InlineParserContext references;

        Lines(List<SourceSpan> spans, InlineParserContext references) {
            this.spans = spans;
            this.references = references;
        }
    }

    /** Takes the place of commonmark's own parser of lines, just to keep them. */
    private static InlineParser keeper(InlineParserContext references) {
        return (lines, block) -> {
            List<SourceSpan> spans = new ArrayList<>(lines.getLines().size());
            for (SourceLine line : lines.getLines()) {
                SourceSpan span = line.getSourceSpan();
                if (span != null) {
                    spans.add(span);
                }
            }
            if (!spans.isEmpty()) {
                block.appendChild(new Lines(spans, references));
            }
        };
    }
}
