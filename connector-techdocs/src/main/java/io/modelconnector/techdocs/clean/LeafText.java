package io.modelconnector.techdocs.clean;

import java.util.List;
import org.commonmark.node.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one block without what stands before them (quote marks, the indentation of a list), and where each of them is in
 * the card.
 */
final class LeafText {
    private final String text;
    private final int from;
    private final int to;
    /** Where the lines begin in {@link #text} and in the card; null if the lines stand together in the card. */
    private final int @Nullable [] lineStarts;

    private final int[] cardStarts;

    private LeafText(String text, int from, int to, int @Nullable [] lineStarts, int[] cardStarts) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.lineStarts = lineStarts;
        this.cardStarts = cardStarts;
    }

    static LeafText of(String card, List<SourceSpan> spans) {
        int[] cardStarts = new int[spans.size()];
        boolean together = true;
        for (int i = 0; i < cardStarts.length; i++) {
            SourceSpan span = spans.get(i);
            cardStarts[i] = span.getInputIndex();
            together &= i == 0 || cardStarts[i] == end(spans.get(i - 1)) + 1;
        }
        int last = end(spans.get(cardStarts.length - 1));
        if (together) {
            return new LeafText(card, cardStarts[0], last, null, cardStarts);
        }
        StringBuilder joined = new StringBuilder();
        int[] lineStarts = new int[cardStarts.length];
        for (int i = 0; i < cardStarts.length; i++) {
            if (i > 0) {
                joined.append('\n');
            }
            lineStarts[i] = joined.length();
            joined.append(card, cardStarts[i], end(spans.get(i)));
        }
        return new LeafText(joined.toString(), 0, joined.length(), lineStarts, cardStarts);
    }

    private static int end(SourceSpan span) {
        return span.getInputIndex() + span.getLength();
    }

    String text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Where the lines begin in the card. */
    int[] cardStarts() {
        return cardStarts;
    }

    /** A position in {@link #text} as one in the card. */
    int inCard(int at) {
        if (lineStarts == null) {
            return at;
        }
        int low = 0;
        int high = lineStarts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lineStarts[middle] <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return cardStarts[low] + at - lineStarts[low];
    }
}
