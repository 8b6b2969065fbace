package io.modelconnector.techdocs.clean;

import java.util.Locale;

/** How long a card may be. */
final class SizeLimit {
    /** What is kept free for what cleaning adds, as a part of the limit. */
    private static final int MARGIN = 16;

    private SizeLimit() {}

    static boolean exceeds(String text, int maxBytes) {
        return text.length() > maxBytes || (text.length() > maxBytes / 3 && bytes(text, text.length()) > maxBytes);
    }

    /** The text up to the end of a line, and a note, if it is too long. */
    static String cut(String text, int maxBytes) {
        if (!exceeds(text, maxBytes)) {
            return text;
        }
        int room = maxBytes - maxBytes / MARGIN - 128;
        int end = 0;
        int used = 0;
        int lineEnd = 0;
        while (end < text.length() && used < room) {
            char c = text.charAt(end);
            used += bytes(c);
            end++;
            if (c == '\n') {
                lineEnd = end;
            }
        }
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        int at = lineEnd > end / 2 ? lineEnd : end;
        return text.substring(0, at).stripTrailing() + "\n\n*This card is cut: it is "
                + size(bytes(text, text.length())) + " long.*\n";
    }

    /** A length as people say it. */
    static String size(long bytes) {
        return bytes < 1024 * 1024
                ? (bytes + 1023) / 1024 + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
    }

    /** How long a text is in UTF-8. */
    static long bytes(String text) {
        return bytes(text, text.length());
    }

    private static long bytes(String text, int to) {
        long bytes = 0;
        for (int i = 0; i < to; i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** Half a surrogate pair counts for two of the four. */
    private static int bytes(char c) {
        return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
