package io.modelconnector.techdocs.clean;

/** Finds where lines set attributes that do something. To be asked from the start of a text to its end; reads each line once. */
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
        }
        return at < last ? last : -1;
    }
}
