package io.modelconnector.core.endpoint.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What is searched for: words that all have to be somewhere, without regard to case.
 *
 * @param text what was typed
 * @param words its words, in lower case
 */
record SearchWords(String text, List<String> words) {
    /** How much of what is typed is looked at: searching a large feed for many long words takes time. */
    private static final int LONGEST = 200;

    private static final int MOST = 8;

    static SearchWords of(String typed) {
        String text = (typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed).strip();
        List<String> words = text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split("\\s+"))
                        .limit(MOST)
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList();
        return new SearchWords(text, words);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Whether each of the words is found. */
    boolean match(Predicate<String> found) {
        return words.stream().allMatch(found);
    }

    /** Whether a text has a word in it; makes no copy of the text. */
    static boolean in(String text, String word) {
        char first = word.charAt(0);
        int last = text.length() - word.length();
        for (int i = 0; i <= last; i++) {
            if (Character.toLowerCase(text.charAt(i)) == first && text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
