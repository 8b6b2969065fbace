package io.modelconnector.techdocs.clean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the code spans, tags, links and images in the text of one block, by the rules of CommonMark and in linear time. Emphasis
 * is of no interest. Positions are those of the block's text.
 */
final class InlineScan {
    private static final int LONGEST_LABEL = 999;
    private static final int MOST_PARENTHESES = 32;

    private final CardOutline outline;
    private final String text;
    private final int from;
    private final int to;
    private final List<CodeSpan> codeSpans = new ArrayList<>(0);
    private final List<Link> links = new ArrayList<>(0);
    private final List<Bracket> brackets = new ArrayList<>(0);
    private final List<Bracket> lone = new ArrayList<>(0);
    private final List<Integer> loneTicks = new ArrayList<>(0);
    private @Nullable Map<Integer, int[]> runs;
    /** Brackets below this height of the stack hold a link already, so they open none themselves. */
    private int linkedBelow;

    private int noCommentEndFrom = Integer.MAX_VALUE;

    /** A code span with its backticks. */
    record CodeSpan(int start, int end, int ticks) {}

    /**
     * A link or an image: {@code start} is at the opening bracket or at the exclamation mark, {@code close} at the closing
     * bracket. Without a destination of its own it has a label.
     */
    record Link(
            boolean image,
            int start,
            int close,
            int end,
            int destStart,
            int destEnd,
            @Nullable String label) {
        int labelStart() {
            return start + (image ? 2 : 1);
        }
    }

    private static final class Bracket {
        final int at;
        final boolean image;
        boolean bracketsInside;

        Bracket(int at, boolean image) {
            this.at = at;
            this.image = image;
        }
    }

    private InlineScan(CardOutline outline, LeafText leaf) {
        this.outline = outline;
        this.text = leaf.text();
        this.from = leaf.from();
        this.to = leaf.to();
    }

    static InlineScan of(CardOutline outline, LeafText leaf) {
        InlineScan scan = new InlineScan(outline, leaf);
        scan.run();
        return scan;
    }

    List<CodeSpan> codeSpans() {
        return codeSpans;
    }

    /** Inner ones first. */
    List<Link> links() {
        return links;
    }

    /** Backticks that begin no code. */
    List<Integer> loneTicks() {
        return loneTicks;
    }

    /** Opening brackets that open nothing. */
    List<Integer> loneBrackets() {
        List<Integer> places = new ArrayList<>(lone.size() + brackets.size());
        lone.forEach(bracket -> places.add(bracket.at + (bracket.image ? 1 : 0)));
        brackets.forEach(bracket -> places.add(bracket.at + (bracket.image ? 1 : 0)));
        return places;
    }

    private void run() {
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> i += 2;
                case '`' -> i = codeSpan(i);
                case '<' -> i = tag(i);
                case '!' -> {
                    boolean image = i + 1 < to && text.charAt(i + 1) == '[';
                    if (image) {
                        open(i, true);
                    }
                    i += image ? 2 : 1;
                }
                case '[' -> {
                    open(i, false);
                    i++;
                }
                case ']' -> i = close(i);
                default -> i++;
            }
        }
    }

    private void open(int at, boolean image) {
        if (!brackets.isEmpty()) {
            brackets.get(brackets.size() - 1).bracketsInside = true;
        }
        brackets.add(new Bracket(at, image));
    }

    private int codeSpan(int start) {
        int afterRun = runEnd(start);
        int length = afterRun - start;
        int close = closingRun(length, afterRun);
        if (close < 0) {
            for (int i = start; i < afterRun; i++) {
                loneTicks.add(i);
            }
            return afterRun;
        }
        codeSpans.add(new CodeSpan(start, close + length, length));
        return close + length;
    }

    private int runEnd(int start) {
        int i = start;
        while (i < to && text.charAt(i) == '`') {
            i++;
        }
        return i;
    }

    /** The next run of just so many backticks; the runs are looked up once. */
    private int closingRun(int length, int after) {
        Map<Integer, int[]> known = runs;
        if (known == null) {
            known = runsFrom(after);
            runs = known;
        }
        int[] starts = known.get(length);
        if (starts == null) {
            return -1;
        }
        int next = starts[0];
        while (next < starts.length && starts[next] < after) {
            next++;
        }
        starts[0] = next;
        return next < starts.length ? starts[next] : -1;
    }

    /** For each length the starts of its runs, after a cursor in the first place. */
    private Map<Integer, int[]> runsFrom(int start) {
        Map<Integer, List<Integer>> found = new HashMap<>();
        int i = Search.indexOf(text, '`', start, to);
        while (i >= 0) {
            int end = runEnd(i);
            found.computeIfAbsent(end - i, length -> new ArrayList<>()).add(i);
            i = Search.indexOf(text, '`', end, to);
        }
        Map<Integer, int[]> result = new HashMap<>();
        found.forEach((length, starts) -> {
            int[] cursorAndStarts = new int[starts.size() + 1];
            cursorAndStarts[0] = 1;
            for (int k = 0; k < starts.size(); k++) {
                cursorAndStarts[k + 1] = starts.get(k);
            }
            result.put(length, cursorAndStarts);
        });
        return result;
    }

    /** Brackets and backticks inside of a tag, a comment or an address in angle brackets are not looked at. */
    private int tag(int start) {
        int end = autolinkEnd(text, start, to);
        if (end < 0 && text.startsWith("<!--", start) && start < noCommentEndFrom) {
            int close = Search.indexOf(text, "-->", start + 2, to);
            if (close < 0) {
                noCommentEndFrom = start;
            } else {
                end = close + 3;
            }
        }
        if (end < 0) {
            HtmlTag tag = HtmlTag.at(text, start, to);
            end = tag == null ? -1 : tag.end();
        }
        return end < 0 ? start + 1 : end;
    }

    /** Where an address in angle brackets ends that every renderer sees as a link, or -1. */
    static int autolinkEnd(String text, int start, int to) {
        int i = start + 1;
        boolean web = text.startsWith("http://", i) || text.startsWith("https://", i);
        boolean at = false;
        while (i < to) {
            char c = text.charAt(i);
            if (c == '>') {
                return (web || at) && i > start + 4 ? i + 1 : -1;
            }
            boolean fine = Entities.isAlphanumeric(c)
                    || (web ? "-._~:/?#@!$&*+,;=%".indexOf(c) >= 0 : "-._+@".indexOf(c) >= 0);
            boolean diagram = (c == ':' && text.startsWith("::uml::", i)) || (c == '~' && text.startsWith("~~~", i));
            if (!fine || diagram || (c == '@' && at)) {
                return -1;
            }
            at |= c == '@' && !web;
            i++;
        }
        return -1;
    }

    private int close(int at) {
        if (brackets.isEmpty()) {
            return at + 1;
        }
        Bracket opener = brackets.remove(brackets.size() - 1);
        boolean inside = !opener.image && brackets.size() < linkedBelow;
        linkedBelow = Math.min(linkedBelow, brackets.size());
        if (inside) {
            return at + 1;
        }
        Link link = inlineLink(opener, at);
        if (link == null) {
            link = referenceLink(opener, at);
        }
        if (link == null) {
            lone.add(opener);
            return at + 1;
        }
        links.add(link);
        if (!opener.image) {
            linkedBelow = brackets.size();
        }
        return link.end();
    }

    private @Nullable Link inlineLink(Bracket opener, int close) {
        if (close + 1 >= to || text.charAt(close + 1) != '(') {
            return null;
        }
        int destStart = skipBlanks(close + 2);
        int destEnd = destinationEnd(destStart);
        if (destEnd < 0) {
            return null;
        }
        int i = skipBlanks(destEnd);
        if (i > destEnd && i < to && text.charAt(i) != ')') {
            int titleEnd = titleEnd(i);
            if (titleEnd < 0) {
                return null;
            }
            i = skipBlanks(titleEnd);
        }
        if (i >= to || text.charAt(i) != ')') {
            return null;
        }
        return new Link(opener.image, opener.at, close, i + 1, destStart, destEnd, null);
    }

    private int skipBlanks(int start) {
        int i = start;
        while (i < to && (text.charAt(i) == ' ' || text.charAt(i) == '\n' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private int destinationEnd(int start) {
        if (start < to && text.charAt(start) == '<') {
            for (int i = start + 1; i < to; i++) {
                char c = text.charAt(i);
                if (c == '>') {
                    return i + 1;
                }
                if (c == '\n' || c == '<') {
                    return -1;
                }
                if (c == '\\') {
                    i++;
                }
            }
            return -1;
        }
        int open = 0;
        int i = start;
        while (i < to) {
            char c = text.charAt(i);
            if (c <= ' ' || (c == ')' && open == 0)) {
                break;
            }
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                open++;
                if (open > MOST_PARENTHESES) {
                    return -1;
                }
            } else if (c == ')') {
                open--;
            }
            i++;
        }
        return open == 0 && i <= to ? i : -1;
    }

    private int titleEnd(int start) {
        char open = text.charAt(start);
        if (open != '"' && open != '\'' && open != '(') {
            return -1;
        }
        char end = open == '(' ? ')' : open;
        for (int i = start + 1; i < to; i++) {
            char c = text.charAt(i);
            if (c == end) {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            } else if (c == '(' && open == '(') {
                return -1;
            }
        }
        return -1;
    }

    private @Nullable Link referenceLink(Bracket opener, int close) {
        int labelStart = opener.at + (opener.image ? 2 : 1);
        int end = close + 1;
        if (end < to && text.charAt(end) == '[') {
            int labelEnd = labelEnd(end + 1);
            if (labelEnd > end + 1) {
                String label = text.substring(end + 1, labelEnd);
                return outline.isDefined(label)
                        ? new Link(opener.image, opener.at, close, labelEnd + 1, close, close, label)
                        : null;
            }
            if (labelEnd == end + 1) {
                end = labelEnd + 1;
            }
        }
        if (opener.bracketsInside || close - labelStart > LONGEST_LABEL || close == labelStart) {
            return null;
        }
        String label = text.substring(labelStart, close);
        return outline.isDefined(label) ? new Link(opener.image, opener.at, close, end, close, close, label) : null;
    }

    private int labelEnd(int start) {
        int limit = Math.min(to, start + LONGEST_LABEL);
        for (int i = start; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ']') {
                return i;
            }
            if (c == '[') {
                return -1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }
}
