package io.modelconnector.techdocs.clean;

/**
 * Finds where lines set attributes that do something, or names and classes that the scripts of a theme look for. To be asked from
 * the start of a text to its end; reads each line once.
 */
final class Assignments {
    private final String text;
    private int lineEnd;
    private int last = -1;

    Assignments(String text) {
        this.text = text;
    }

    /** The last such place in the line, or -1 if there is none behind this one. */
    int last(int at) {
        if (at >= lineEnd) {
            int end = text.indexOf('\n', at);
            lineEnd = end < 0 ? text.length() : end;
            last = -1;
            int equals = Search.indexOf(text, '=', at, lineEnd);
            while (equals >= 0) {
                if (Hazards.isAssignment(text, equals, at)) {
                    last = equals;
                }
                equals = Search.indexOf(text, '=', equals + 1, lineEnd);
            }
            last = Math.max(last, lastWord(at));
        }
        return at < last ? last : -1;
    }

    /** The last word that is an attribute by itself and stands before a closing brace. */
    private int lastWord(int from) {
        int close = lineEnd - 1;
        while (close > from && text.charAt(close) != '}') {
            close--;
        }
        for (int i = close - 1; i > from; i--) {
            if (" {:\"'\t".indexOf(text.charAt(i - 1)) >= 0 && Hazards.isLoudWord(text, i, close)) {
                return i;
            }
        }
        return -1;
    }
}
