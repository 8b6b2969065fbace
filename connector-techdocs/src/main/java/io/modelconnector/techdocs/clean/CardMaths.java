package io.modelconnector.techdocs.clean;

import io.modelconnector.techdocs.clean.InlineScan.CodeSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps formulas together: in them, underscores, stars, carets and tildes are no markup, but renderers take them for some where
 * two of them fit each other. Only those are written as references; formulas in which none do stay.
 */
final class CardMaths {
    private final Edits edits;

    /** A formula with what it stands between. */
    private record Formula(int start, int end) {}

    CardMaths(Edits edits) {
        this.edits = edits;
    }

    /** The formulas of one block. */
    void formulas(LeafText leaf, List<CodeSpan> codeSpans) {
        List<Formula> formulas = find(leaf.text(), leaf.from(), leaf.to(), codeSpans);
        if (formulas.isEmpty()) {
            return;
        }
        emphasis(leaf, formulas);
        pairs(leaf, formulas, '^');
        pairs(leaf, formulas, '~');
    }

    /** An underscore begins an emphasis only behind what is no letter or digit. */
    static boolean beginsEmphasis(String text, int at) {
        boolean inWord = at > 0 && isWord(text.charAt(at - 1));
        return !inWord && at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void emphasis(LeafText leaf, List<Formula> formulas) {
        String text = leaf.text();
        List<Integer> openers = new ArrayList<>();
        List<Integer> stars = new ArrayList<>();
        int last = -1;
        for (Formula formula : formulas) {
            for (int i = formula.start(); i < formula.end(); i++) {
                char c = text.charAt(i);
                if (c == '_') {
                    last = i;
                    if (beginsEmphasis(text, i)) {
                        openers.add(i);
                    }
                } else if (c == '*' && !isBetweenBlanks(text, i)) {
                    stars.add(i);
                }
            }
        }
        for (int opener : openers) {
            if (opener < last || openers.size() > 1) {
                for (int i = opener; text.charAt(i) == '_'; i++) {
                    write(leaf, i);
                }
            }
        }
        if (stars.size() > 1) {
            stars.forEach(star -> write(leaf, star));
        }
    }

    private static boolean isBetweenBlanks(String text, int at) {
        return at > 0
                && Character.isWhitespace(text.charAt(at - 1))
                && at + 1 < text.length()
                && Character.isWhitespace(text.charAt(at + 1));
    }

    /** Carets and tildes are markup if there is no blank between two of them. */
    private void pairs(LeafText leaf, List<Formula> formulas, char mark) {
        String text = leaf.text();
        int before = -1;
        int formula = 0;
        int to = formulas.get(formulas.size() - 1).end();
        for (int i = formulas.get(0).start(); i < to; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                before = -1;
            } else if (c == mark) {
                while (formulas.get(formula).end() <= i) {
                    formula++;
                }
                if (formulas.get(formula).start() > i) {
                    continue;
                }
                if (before >= 0) {
                    write(leaf, before);
                    write(leaf, i);
                }
                before = i;
            }
        }
    }

    private void write(LeafText leaf, int at) {
        int inCard = leaf.inCard(at);
        if (!edits.isSettled(inCard)) {
            edits.replace(inCard, inCard + 1, "&#" + (int) edits.text().charAt(inCard) + ";");
        }
    }

    private static List<Formula> find(String text, int from, int to, List<CodeSpan> codeSpans) {
        List<Formula> formulas = new ArrayList<>(0);
        Set<String> missing = new HashSet<>();
        int span = 0;
        int i = from;
        while (i < to - 1) {
            while (span < codeSpans.size() && codeSpans.get(span).end() <= i) {
                span++;
            }
            if (span < codeSpans.size() && codeSpans.get(span).start() <= i) {
                i = codeSpans.get(span).end();
                continue;
            }
            char c = text.charAt(i);
            char next = text.charAt(i + 1);
            String closer = closer(c, next);
            if (!closer.isEmpty()) {
                int end = missing.contains(closer) ? -1 : Search.indexOf(text, closer, i + 2, to);
                if (end >= 0) {
                    formulas.add(new Formula(i + 2, end));
                } else {
                    missing.add(closer);
                }
                i = Math.max(end, i) + 2;
            } else if (c == '\\') {
                i += 2;
            } else {
                int end = c == '$' ? inlineEnd(text, i, to) : -1;
                if (end >= 0) {
                    formulas.add(new Formula(i + 1, end));
                }
                i = Math.max(end, i) + 1;
            }
        }
        return formulas;
    }

    /** What ends a formula that begins with these two characters; empty if none does. */
    private static String closer(char first, char second) {
        if (first == '$' && second == '$') {
            return "$$";
        }
        return first != '\\' ? "" : second == '(' ? "\\)" : second == '[' ? "\\]" : "";
    }

    /** Amounts of money are none: there is a blank after the first dollar or before the second, or a digit behind it. */
    private static int inlineEnd(String text, int start, int to) {
        if (Character.isWhitespace(text.charAt(start + 1))) {
            return -1;
        }
        int i = start + 1;
        while (i < to && text.charAt(i) != '$' && text.charAt(i) != '\n') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        boolean closed = i < to
                && text.charAt(i) == '$'
                && !Character.isWhitespace(text.charAt(i - 1))
                && (i + 1 >= to || !Character.isDigit(text.charAt(i + 1)));
        return closed ? i : -1;
    }
}
