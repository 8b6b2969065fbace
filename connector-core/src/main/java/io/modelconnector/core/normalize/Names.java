package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.ContentDigest;
import java.util.Locale;

/**
 * Names as portals know them. Whatever is no letter, digit, {@code _} or {@code -} of ASCII is dropped, and so is every
 * run of separators; the rest is at most 63 characters, the longest name that Backstage takes.
 */
final class Names {
    private static final int MAX_LENGTH = 63;
    private static final int HASH_LENGTH = 8;
    private static final int MAX_LENGTH_BEFORE_HASH = MAX_LENGTH - 1 - HASH_LENGTH;

    private Names() {}

    /** What is left of a text, cut to 63 characters; possibly empty. */
    static String sanitize(String text) {
        String kept = withoutForeignCharactersAndRuns(text);
        return withoutOuterSeparators(kept.length() > MAX_LENGTH ? kept.substring(0, MAX_LENGTH) : kept);
    }

    /** As {@link #sanitize}, in lower case, with spaces as dashes. */
    static String sanitizeVersion(String text) {
        return sanitize(text.toLowerCase(Locale.ROOT).replace(' ', '-'));
    }

    /**
     * As {@link #sanitize}, but where it has to cut, a hash of what was named takes the place of the end: a silent cut
     * would make two things one.
     *
     * @param text what to sanitize
     * @param named what tells the named thing from others
     */
    static String nameOf(String text, Identity named) {
        String kept = withoutForeignCharactersAndRuns(text);
        return kept.length() > MAX_LENGTH ? withHash(kept, named.rawNameHash()) : withoutOuterSeparators(kept);
    }

    /** A name with a hash at its end, cut so that it is at most 63 characters long. */
    static String withHash(String name, String hash) {
        String cut = name.length() > MAX_LENGTH_BEFORE_HASH ? name.substring(0, MAX_LENGTH_BEFORE_HASH) : name;
        return withoutOuterSeparators(cut) + '-' + hash;
    }

    /** Eight hexadecimal digits that stand for the parts. */
    static String hash(String... parts) {
        return ContentDigest.of(String.join("\n", parts)).substring(0, HASH_LENGTH);
    }

    private static String withoutForeignCharactersAndRuns(String text) {
        if (needsNothing(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int separators = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSeparator(c)) {
                separators++;
                kept.append(c);
            } else if (isLetterOrDigit(c)) {
                dropRun(kept, separators);
                separators = 0;
                kept.append(c);
            }
        }
        dropRun(kept, separators);
        return kept.toString();
    }

    /** Most names are fine as they are; they are passed on without a copy. */
    private static boolean needsNothing(String text) {
        boolean afterSeparator = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean separator = isSeparator(c);
            if ((separator && afterSeparator) || (!separator && !isLetterOrDigit(c))) {
                return false;
            }
            afterSeparator = separator;
        }
        return true;
    }

    private static void dropRun(StringBuilder kept, int separatorsAtEnd) {
        if (separatorsAtEnd > 1) {
            kept.setLength(kept.length() - separatorsAtEnd);
        }
    }

    private static String withoutOuterSeparators(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSeparator(text.charAt(start))) {
            start++;
        }
        while (start < end && isSeparator(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '_';
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
