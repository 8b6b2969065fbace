package io.modelconnector.techdocs.clean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.BulletList;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.jspecify.annotations.Nullable;

/**
 * Indents nested lists so that Backstage sees the nesting too: it wants two blanks for each level and joins what is indented by
 * more to the text above. A list is left as it is if it needs nothing, or if CommonMark would see another list afterwards.
 */
final class CardLists {
    private final Edits edits;
    private final String card;

    /** How an item stood and how it shall stand, in columns. */
    private record Place(int marker, int content, int newMarker, int newContent) {}

    CardLists(Edits edits) {
        this.edits = edits;
        this.card = edits.text();
    }

    void reindent(List<ListBlock> lists) {
        for (ListBlock list : lists) {
            if (jumps(list, 0, 0)) {
                reindent(list);
            }
        }
    }

    /** Whether an item is indented by something else than two blanks a level, and perhaps one more. */
    private static boolean jumps(ListBlock list, int depth, int column) {
        for (Node node = list.getFirstChild(); node != null; node = node.getNext()) {
            if (!(node instanceof ListItem item)) {
                continue;
            }
            if (!isSeen(column + markerIndent(item), depth)) {
                return true;
            }
            for (Node inner = item.getFirstChild(); inner != null; inner = inner.getNext()) {
                if (inner instanceof ListBlock nested && jumps(nested, depth + 1, column + contentIndent(item))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSeen(int column, int depth) {
        return column == 2 * depth || column == 2 * depth + 1;
    }

    private static int markerIndent(ListItem item) {
        Integer indent = item.getMarkerIndent();
        return indent == null ? 0 : indent;
    }

    private static int contentIndent(ListItem item) {
        Integer indent = item.getContentIndent();
        return indent == null ? 2 : indent;
    }

    private void reindent(ListBlock list) {
        Map<Integer, Place> items = new HashMap<>();
        Map<Integer, Place> owners = new HashMap<>();
        if (!place(list, 0, 0, 0, items, owners)) {
            return;
        }
        int start = lineStart(list);
        int end = end(list);
        int first = list.getSourceSpans().get(0).getLineIndex();
        List<Indent> indents = new ArrayList<>();
        StringBuilder shown = new StringBuilder(end - start);
        int line = start;
        for (int number = first; line < end; number++) {
            int next = card.indexOf('\n', line);
            int lineEnd = next < 0 || next > end ? end : next;
            Indent indent = indent(line, lineEnd, items.get(number), owners.get(number));
            indents.add(indent);
            shown.append(indent.replacement())
                    .append(card, indent.end(), lineEnd)
                    .append('\n');
            line = lineEnd + 1;
        }
        if (CardOutline.areAlike(card.substring(start, end), shown.toString())) {
            for (Indent indent : indents) {
                if (!card.substring(indent.start(), indent.end()).equals(indent.replacement())) {
                    edits.replace(indent.start(), indent.end(), indent.replacement());
                }
            }
        }
    }

    /** What stands before the text of a line. */
    private record Indent(int start, int end, String replacement) {}

    /** False if there is no place that all readers understand. */
    private static boolean place(
            ListBlock list,
            int depth,
            int column,
            int newColumn,
            Map<Integer, Place> items,
            Map<Integer, Place> owners) {
        for (Node node = list.getFirstChild(); node != null; node = node.getNext()) {
            if (!(node instanceof ListItem item) || item.getSourceSpans().isEmpty()) {
                return false;
            }
            int width = markerWidth(list, item);
            Place place = new Place(
                    column + markerIndent(item), column + contentIndent(item), newColumn, newColumn + width + 1);
            int firstLine = item.getSourceSpans().get(0).getLineIndex();
            int lastLine =
                    item.getSourceSpans().get(item.getSourceSpans().size() - 1).getLineIndex();
            if (!isSeen(newColumn, depth) || width == 0 || items.put(firstLine, place) != null) {
                return false;
            }
            for (int line = firstLine; line <= lastLine; line++) {
                owners.put(line, place);
            }
            for (Node inner = item.getFirstChild(); inner != null; inner = inner.getNext()) {
                if (inner instanceof ListBlock nested
                        && !place(nested, depth + 1, place.content(), place.newContent(), items, owners)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Of the number of an item only its first digit is certain, so lists whose items may be wider are left alone. */
    private static int markerWidth(ListBlock list, ListItem item) {
        if (list instanceof BulletList) {
            return 1;
        }
        Integer first = ((OrderedList) list).getMarkerStartNumber();
        int number = first == null ? 0 : first;
        for (Node before = item.getPrevious(); before != null; before = before.getPrevious()) {
            number++;
        }
        return number > 9 ? 0 : 2;
    }

    private Indent indent(int line, int lineEnd, @Nullable Place item, @Nullable Place owner) {
        int text = line;
        int column = 0;
        while (text < lineEnd && isBlank(card.charAt(text))) {
            column = after(column, card.charAt(text));
            text++;
        }
        if (owner == null || text == lineEnd) {
            return new Indent(line, line, "");
        }
        if (item == null) {
            int indent = column >= owner.content()
                    ? column - owner.content() + owner.newContent()
                    : Math.min(column, owner.newContent());
            return new Indent(line, text, " ".repeat(indent));
        }
        int markerEnd = text;
        while (markerEnd < lineEnd && !isBlank(card.charAt(markerEnd))) {
            markerEnd++;
            column++;
        }
        int content = markerEnd;
        while (content < lineEnd && isBlank(card.charAt(content))) {
            column = after(column, card.charAt(content));
            content++;
        }
        String marker = " ".repeat(item.newMarker()) + card.substring(text, markerEnd);
        int more = content == lineEnd ? 0 : Math.max(0, column - item.content());
        return new Indent(line, content, content == lineEnd ? marker : marker + " " + " ".repeat(more));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static int after(int column, char c) {
        return c == '\t' ? (column / 4 + 1) * 4 : column + 1;
    }

    private int lineStart(Node node) {
        return card.lastIndexOf('\n', node.getSourceSpans().get(0).getInputIndex() - 1) + 1;
    }

    private static int end(Node node) {
        var last = node.getSourceSpans().get(node.getSourceSpans().size() - 1);
        return last.getInputIndex() + last.getLength();
    }
}
