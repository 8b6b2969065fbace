package io.modelconnector.techdocs.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What shall change in a text, and what must not, by position. All is applied at once. */
final class Edits {
    private final String text;
    private final boolean[] settled;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int start, int end, String replacement) {}

    Edits(String text) {
        this.text = text;
        this.settled = new boolean[text.length()];
    }

    String text() {
        return text;
    }

    /** Something else stands in a place; nobody else need look at it. */
    void replace(int start, int end, String replacement) {
        if (end - start == replacement.length() && text.startsWith(replacement, start)) {
            settle(start, end);
            return;
        }
        edits.add(new Edit(start, end, replacement));
        settle(start, end);
    }

    void insert(int at, String insertion) {
        edits.add(new Edit(at, at, insertion));
    }

    /** A place is judged. */
    void settle(int start, int end) {
        Arrays.fill(settled, start, end, true);
    }

    boolean isSettled(int at) {
        return settled[at];
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    /** The text with all edits. Of two that overlap the one that starts first wins; the other is for the next pass. */
    String apply() {
        if (edits.isEmpty()) {
            return text;
        }
        edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
        StringBuilder result = new StringBuilder(text.length() + 64);
        int from = 0;
        for (Edit edit : edits) {
            if (edit.start() < from) {
                continue;
            }
            result.append(text, from, edit.start()).append(edit.replacement());
            from = edit.end();
        }
        return result.append(text, from, text.length()).toString();
    }
}
