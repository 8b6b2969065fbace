package io.modelconnector.core.endpoint.page;

import java.util.Locale;

/** Writes numbers as one reads them. */
final class Numbers {
    private Numbers() {}

    static String text(int number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    static String count(int number, String one, String several) {
        return text(number) + ' ' + (number == 1 ? one : several);
    }
}
