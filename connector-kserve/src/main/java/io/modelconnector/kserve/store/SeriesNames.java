package io.modelconnector.kserve.store;

/**
 * The names of a series of ConfigMaps: {@code bac-import-model}, {@code bac-import-model-1}, {@code bac-import-model-2}, …
 *
 * @param first the name of the first one
 * @param prefix what the number of each other one follows, from 1 on
 */
record SeriesNames(String first, String prefix) {
    private static final int MAX_DIGITS = 4;

    /** Those with entries. The first one is the one that other implementations know. */
    static SeriesNames ofEntries(String name) {
        return new SeriesNames(name, name + '-');
    }

    /** Those with model cards, from {@code bac-import-model-cards-0} on. */
    static SeriesNames ofCards(String name) {
        return new SeriesNames(name + "-cards-0", name + "-cards-");
    }

    /** The name of one. */
    String name(int index) {
        return index == 0 ? first : prefix + index;
    }

    /** Which one has that name; -1 if none has. */
    int index(String name) {
        if (name.equals(first)) {
            return 0;
        }
        String number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        boolean plain = !number.isEmpty()
                && number.length() <= MAX_DIGITS
                && number.charAt(0) != '0'
                && number.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return plain ? Integer.parseInt(number) : -1;
    }
}
