package io.modelconnector.core.entity;

import java.util.regex.Pattern;

/**
 * The identity of an entry in the feed: two segments, model and version, or namespace and name. The segments are kept
 * apart, because each of them may hold the underscore that joins them in an {@linkplain #importKey() import key}.
 *
 * @param first the first segment; letters, digits, {@code _}, {@code -} and {@code .}
 * @param second the second segment; likewise
 */
public record EntryKey(String first, String second) implements Comparable<EntryKey> {
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,128}");

    /**
     * Checks the segments.
     *
     * @throws IllegalArgumentException if a segment is empty, longer than 128 characters, or holds another character
     */
    public EntryKey {
        requireSegment(first);
        requireSegment(second);
    }

    /** The one string that the existing stores and the {@code key} parameter use: both segments, joined by one underscore. */
    public String importKey() {
        return first + '_' + second;
    }

    /**
     * Where the entry is served.
     *
     * @param fileName the last segment, as the format names it
     * @return the absolute path, for instance {@code /granite/v1/model-catalog.json}
     */
    public String path(String fileName) {
        return '/' + first + '/' + second + '/' + fileName;
    }

    /** The order of the {@linkplain #path(String) paths}, in which a segment ends in a slash, which is after a hyphen. */
    @Override
    public int compareTo(EntryKey other) {
        int byFirst = compareEnded(first, other.first);
        return byFirst != 0 ? byFirst : compareEnded(second, other.second);
    }

    /** The segments as in a path, for logs. */
    @Override
    public String toString() {
        return first + '/' + second;
    }

    private static int compareEnded(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return Character.compare(left.charAt(i), right.charAt(i));
            }
        }
        if (left.length() == right.length()) {
            return 0;
        }
        return left.length() < right.length()
                ? Character.compare('/', right.charAt(common))
                : Character.compare(left.charAt(common), '/');
    }

    /** Whether a text may be a segment of a key. */
    public static boolean isSegment(String text) {
        return SEGMENT.matcher(text).matches();
    }

    private static void requireSegment(String segment) {
        if (!isSegment(segment)) {
            throw new IllegalArgumentException(
                    "an entry key's segment is 1 to 128 letters, digits, '_', '-' or '.', but was \"" + segment + '"');
        }
    }
}
