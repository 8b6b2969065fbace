package io.modelconnector.techdocs.clean;

/** Looks for something between two places; the JDK's own search goes on to the end of the text, once for each block of a card. */
final class Search {
    private Search() {}

    /** Where it is, or -1. */
    static int indexOf(String text, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Where it is as a whole, or -1. */
    static int indexOf(String text, String wanted, int from, int to) {
        int last = to - wanted.length();
        for (int i = from; i <= last; i++) {
            if (text.startsWith(wanted, i)) {
                return i;
            }
        }
        return -1;
    }
}
