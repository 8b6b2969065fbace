package io.modelconnector.techdocs.clean;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;

/**
 * Decides what becomes of code. Code without a hazard in it stays. Code with one stays only where every renderer is sure to find
 * the same code: in a fence at the left edge, with no fence before it that one renderer sees and another does not. Other code is
 * written as HTML with its punctuation as numbers, which reads the same everywhere.
 */
final class CardCode {
    /** Languages that plug-ins of MkDocs run a program for. */
    private static final Set<String> PROGRAMS = Set.of(
            "plantuml",
            "puml",
            "uml",
            "c4uml",
            "c4plantuml",
            "dot",
            "graphviz",
            "neato",
            "fdp",
            "sfdp",
            "twopi",
            "circo");

    private static final int LONGEST_LANGUAGE = 40;

    private final Edits edits;
    private final String text;
    private final Assignments assignments;
    private boolean disciplined = true;

    CardCode(Edits edits) {
        this.edits = edits;
        this.text = edits.text();
        this.assignments = new Assignments(text);
    }

    void blocks(List<CardOutline.Code> codes) {
        int line = 0;
        for (CardOutline.Code code : codes) {
            lookForFences(line, lineStart(code.start()));
            if (code.block() instanceof FencedCodeBlock fence) {
                fenced(code, fence);
            } else {
                indented(code);
            }
            line = Math.min(text.length(), lineEnd(code.end()) + 1);
        }
    }

    /** A code span; its backticks may be read as a fence with what stands behind them. */
    void span(int start, int end, int ticks, String content) {
        boolean fence =
                Hazards.isDiagramFence(text, start, end) || Hazards.isDiagramFence(text, end - ticks, text.length());
        boolean brace = content.indexOf('{') >= 0 && assignments.last(start) >= 0;
        if (fence || brace || Hazards.inCode(content, 0, content.length())) {
            edits.replace(
                    start, end, "<code>" + Entities.encode(trimmed(content).replace('\n', ' ')) + "</code>");
        } else {
            edits.settle(start, end);
        }
    }

    /** Blanks at both ends belong to the backticks. */
    private static String trimmed(String content) {
        boolean padded =
                content.length() > 2 && isBlank(content.charAt(0)) && isBlank(content.charAt(content.length() - 1));
        return padded && !content.isBlank() ? content.substring(1, content.length() - 1) : content;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n';
    }

    private void indented(CardOutline.Code code) {
        if (hasFence(lineStart(code.start()), lineEnd(code.end()))) {
            disciplined = false;
        }
        if (Hazards.inCode(text, code.start(), code.end())) {
            encode(code, ((IndentedCodeBlock) code.block()).getLiteral());
        } else {
            edits.settle(code.start(), code.end());
        }
    }

    private void fenced(CardOutline.Code code, FencedCodeBlock fence) {
        int start = code.start();
        int lineStart = lineStart(start);
        int openerEnd = Math.min(lineEnd(start), code.end());
        boolean closed = fence.getClosingFenceLength() != null && openerEnd < code.end();
        int contentEnd = closed ? lineStart(code.end()) - 1 : code.end();
        boolean trusted = disciplined && code.topLevel();
        boolean hazard = trusted
                ? Hazards.inAnyCode(text, Math.min(openerEnd + 1, contentEnd), contentEnd)
                : Hazards.inCode(text, Math.min(openerEnd + 1, contentEnd), contentEnd);
        if (hazard || (!closed && !code.topLevel())) {
            encode(code, fence.getLiteral());
            return;
        }
        String mark = fence.getFenceCharacter().repeat(fence.getOpeningFenceLength());
        String opener = mark + language(fence.getInfo());
        if (code.topLevel()) {
            // Python-Markdown undoes a fence that touches an indented block.
            boolean alone = isEmptyLineBefore(lineStart) || !Hazards.inCode(text, openerEnd, contentEnd);
            edits.replace(lineStart, openerEnd, (alone ? "" : "\n") + opener);
            dedent(openerEnd, contentEnd, fence.getFenceIndent());
            if (closed) {
                edits.replace(contentEnd + 1, lineEnd(code.end()), mark);
            } else {
                edits.insert(code.end(), text.endsWith("\n") && code.end() == text.length() ? mark : "\n" + mark);
            }
        } else {
            int at = text.indexOf(mark, start);
            edits.replace(at < 0 || at > openerEnd ? start : at, openerEnd, opener);
            disciplined = false;
        }
        edits.settle(start, code.end());
    }

    /** Takes the indentation of a fence from the lines within. */
    private void dedent(int from, int to, int indent) {
        if (indent == 0) {
            return;
        }
        int line = from + 1;
        while (line <= to && line < text.length()) {
            int blank = line;
            while (blank < to && blank - line < indent && text.charAt(blank) == ' ') {
                blank++;
            }
            if (blank > line) {
                edits.replace(line, blank, "");
            }
            line = lineEnd(line) + 1;
        }
    }

    private void encode(CardOutline.Code code, String literal) {
        String content = literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
        int start = code.start();
        while (start < code.end() && text.charAt(start) == ' ' && code.topLevel()) {
            start++;
        }
        String after = code.end() < text.length() && !isEmptyLine(code.end() + 1) && code.topLevel() ? "\n" : "";
        String before = code.topLevel() && !isEmptyLineBefore(lineStart(code.start())) ? "\n" : "";
        edits.replace(
                code.topLevel() ? lineStart(start) : start,
                code.end(),
                before + "<pre><code>" + Entities.encode(content) + "</code></pre>" + after);
    }

    private boolean isEmptyLine(int at) {
        return at >= text.length() || text.charAt(at) == '\n';
    }

    private boolean isEmptyLineBefore(int lineStart) {
        return lineStart == 0 || lineStart == 1 || text.charAt(lineStart - 2) == '\n';
    }

    /** The first word of what stands after a fence, if it can be the name of a language. */
    private static String language(String info) {
        int i = 0;
        while (i < info.length() && " {.\t".indexOf(info.charAt(i)) >= 0) {
            i++;
        }
        int start = i;
        while (i < info.length() && (Entities.isAlphanumeric(info.charAt(i)) || "_+#.-".indexOf(info.charAt(i)) >= 0)) {
            i++;
        }
        String word = info.substring(start, i);
        boolean whole = i == info.length() || " \t,;:{}".indexOf(info.charAt(i)) >= 0;
        if (!whole || word.isEmpty() || word.length() > LONGEST_LANGUAGE || word.contains("=")) {
            return "";
        }
        boolean program = PROGRAMS.contains(word.toLowerCase(Locale.ROOT))
                || Hazards.isDiagramFence("```" + word, 0, word.length() + 3);
        return program ? "text" : word;
    }

    private void lookForFences(int from, int to) {
        if (disciplined && hasFence(from, to)) {
            disciplined = false;
        }
    }

    /** Whether a line begins with a fence, perhaps after marks of quotes and lists. */
    private boolean hasFence(int from, int to) {
        int line = from;
        while (line < to) {
            int i = line;
            while (i < to && " \t>-*+.)0123456789".indexOf(text.charAt(i)) >= 0) {
                i++;
            }
            if (text.startsWith("```", i) || text.startsWith("~~~", i)) {
                return true;
            }
            line = lineEnd(Math.max(i, line)) + 1;
        }
        return false;
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }
}
