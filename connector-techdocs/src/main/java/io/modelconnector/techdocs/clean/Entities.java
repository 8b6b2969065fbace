package io.modelconnector.techdocs.clean;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Character references, in both directions. */
final class Entities {
    /** Enough to see through what hides a scheme or a quote; a browser knows two thousand more, none of them a plain letter. */
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", "\u00a0"),
            Map.entry("colon", ":"),
            Map.entry("Tab", "\t"),
            Map.entry("NewLine", "\n"),
            Map.entry("sol", "/"),
            Map.entry("bsol", "\\"),
            Map.entry("num", "#"),
            Map.entry("quest", "?"),
            Map.entry("equals", "="),
            Map.entry("lpar", "("),
            Map.entry("rpar", ")"),
            Map.entry("lowbar", "_"),
            Map.entry("period", "."),
            Map.entry("comma", ","),
            Map.entry("semi", ";"),
            Map.entry("percnt", "%"),
            Map.entry("plus", "+"),
            Map.entry("commat", "@"));

    /** The longest reference that is looked at. */
    private static final int LONGEST = 12;

    /** Punctuation that means nothing inside one line of raw HTML, where it stands in most texts. */
    private static final String QUIET = ".,;()/-=+'\"%?";

    /** More blanks together, and tabs, take Python-Markdown a time that grows with their square. */
    private static final int LONGEST_BLANK = 32;

    private static final char FIRST_ISOLATE = 0x2066;
    private static final char LAST_ISOLATE = 0x2069;

    private Entities() {}

    /** Each ASCII character that is no letter, digit or blank as a number, so that no renderer finds markup in it. */
    static String encode(CharSequence text) {
        StringBuilder encoded = new StringBuilder(text.length() + text.length() / 2);
        for (int i = 0; i < text.length(); i++) {
            append(encoded, text.charAt(i), "");
        }
        return encoded.toString();
    }

    /**
     * As {@link #encode}, but with quiet punctuation as it is, without isolates, which are balanced by line, until
     * {@code room} characters are full.
     */
    static String encodeWithin(CharSequence text, int room) {
        StringBuilder encoded = new StringBuilder(Math.min(room, text.length() * 2));
        int blanks = 0;
        for (int i = 0; i < text.length() && encoded.length() < room; i++) {
            char c = text.charAt(i);
            blanks = c == ' ' ? blanks + 1 : 0;
            boolean date = c == '/' && i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
            if (c == '\t' || (blanks > LONGEST_BLANK && blanks % 2 == 0)) {
                encoded.append("&#").append((int) c).append(';');
            } else if (c < FIRST_ISOLATE || c > LAST_ISOLATE) {
                append(encoded, c, date ? "" : QUIET);
            }
        }
        int last = encoded.length() - 1;
        if (last >= 0 && Character.isHighSurrogate(encoded.charAt(last))) {
            encoded.setLength(last);
        }
        return encoded.toString();
    }

    private static void append(StringBuilder encoded, char c, String quiet) {
        if (c >= 0x80 || isAlphanumeric(c) || c == ' ' || c == '\t' || quiet.indexOf(c) >= 0) {
            encoded.append(c);
        } else {
            encoded.append("&#").append((int) c).append(';');
        }
    }

    /** A short text for one line: blanks joined, cut if it is very long, punctuation but the most harmless encoded. */
    static String label(String text, int longest) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() > longest) {
            int cut = Character.isHighSurrogate(line.charAt(longest - 1)) ? longest - 1 : longest;
            line = line.substring(0, cut) + "…";
        }
        StringBuilder label = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean between = i > 0 && i + 1 < line.length();
            append(label, c, between ? ".,-/()" : "");
        }
        return label.toString();
    }

    /** The text with its references resolved. */
    static String decode(String text) {
        int amp = text.indexOf('&');
        if (amp < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int from = 0;
        while (amp >= 0) {
            decoded.append(text, from, amp);
            int end = referenceEnd(text, amp);
            String meaning = end < 0 ? null : meaning(text.substring(amp + 1, end));
            if (meaning == null) {
                decoded.append('&');
                from = amp + 1;
            } else {
                decoded.append(meaning);
                from = end + 1;
            }
            amp = text.indexOf('&', from);
        }
        return decoded.append(text, from, text.length()).toString();
    }

    private static int referenceEnd(String text, int amp) {
        int limit = Math.min(text.length(), amp + LONGEST);
        for (int i = amp + 1; i < limit; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String meaning(String name) {
        if (name.length() < 2 || name.charAt(0) != '#') {
            return NAMED.get(name);
        }
        boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        try {
            int code = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(code) && code > 0 ? Character.toString(code) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static boolean isAlphanumeric(char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
