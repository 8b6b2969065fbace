package io.modelconnector.core.format;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions as Red Hat's AI catalog wants them: a semantic version as it is, a date or a commit as the pre-release of
 * {@code 0.0.0}, anything else as unknown. A leading {@code v} is dropped, and numbers that are missing are zero.
 */
final class AssetVersion {
    private static final String UNKNOWN = "0.0.0-unknown";
    private static final Pattern DATE = Pattern.compile("((?:19|20)\\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\\d|3[01])");
    private static final Pattern COMMIT = Pattern.compile("(?=.*\\d)[0-9a-f]{7,40}");
    private static final String NUMBER = "(0|[1-9]\\d{0,8})";
    private static final String IDENTIFIERS = "([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)";
    private static final Pattern VERSION = Pattern.compile("[vV]?" + NUMBER + "(?:\\." + NUMBER + ")?(?:\\." + NUMBER
            + ")?(?:-" + IDENTIFIERS + ")?(?:\\+" + IDENTIFIERS + ")?");
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|.*\\.)0\\d+(\\..*|$)");

    private AssetVersion() {}

    static String of(@Nullable String version) {
        String text = version == null ? "" : version.strip();
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return "0.0.0-" + date.group(1) + date.group(2) + date.group(3);
        }
        Matcher parts = VERSION.matcher(text);
        if (parts.matches() && isPreRelease(parts.group(4))) {
            return parts.group(1)
                    + '.'
                    + number(parts.group(2))
                    + '.'
                    + number(parts.group(3))
                    + suffix('-', parts.group(4))
                    + suffix('+', parts.group(5));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return COMMIT.matcher(lower).matches() && isPreRelease(lower) ? "0.0.0-" + lower : UNKNOWN;
    }

    /** Numbers among its identifiers have no zeros in front. */
    private static boolean isPreRelease(@Nullable String text) {
        return text == null || !LEADING_ZERO.matcher(text).matches();
    }

    private static String number(@Nullable String digits) {
        return digits == null ? "0" : digits;
    }

    private static String suffix(char separator, @Nullable String text) {
        return text == null ? "" : separator + text;
    }
}
