package io.modelconnector.techdocs.site;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Short texts of authors in Markdown, in which nothing of them has a meaning: neither for CommonMark nor for Python-Markdown
 * with the extensions that TechDocs turns on, which do not agree on what a backslash escapes.
 */
final class MarkdownText {
    private static final Pattern PLAIN_CODE = Pattern.compile("[A-Za-z0-9 ._:/@+=,-]+");
    private static final String PLAIN = " .,-";
    private static final String IN_URL = "-._~:/?#@!$&*+,;=%";

    private MarkdownText() {}

    /** A text as it is, on one line. */
    static String escape(String text) {
        String line = line(text);
        StringBuilder escaped = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean plain = Character.isLetterOrDigit(c)
                    || c >= 0x80
                    || PLAIN.indexOf(c) >= 0
                    || (c == '_' && isWithinWord(line, i));
            if (plain) {
                escaped.append(c);
            } else {
                escaped.append("&#").append((int) c).append(';');
            }
        }
        return escaped.toString();
    }

    /** A text as code, on one line. */
    static String code(String text) {
        String line = line(text);
        return PLAIN_CODE.matcher(line).matches() ? '`' + line + '`' : "<code>" + escape(line) + "</code>";
    }

    /** A link to an http or https URL; another one is shown as code. */
    static String link(String url) {
        return webUrl(url).map(web -> '<' + web + '>').orElseGet(() -> code(url));
    }

    /**
     * An http or https URL, in which everything is percent-encoded that means something to Markdown, HTML or a shell that
     * reads it in single quotes.
     *
     * @return the URL; nothing if it has another scheme or holds white space
     */
    static Optional<String> webUrl(String text) {
        String url = text.strip();
        String lower = url.toLowerCase(Locale.ROOT);
        int host = lower.startsWith("https://") ? 8 : lower.startsWith("http://") ? 7 : -1;
        if (host < 0 || url.length() == host || url.chars().anyMatch(Character::isWhitespace)) {
            return Optional.empty();
        }
        StringBuilder encoded = new StringBuilder(url.length() + 16);
        boolean authority = true;
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            authority &= encoded.length() < host || "/?#".indexOf(c) < 0;
            boolean kept = (c < 0x80 && Character.isLetterOrDigit(c))
                    || IN_URL.indexOf(c) >= 0
                    || (authority && (c == '[' || c == ']'));
            if (kept) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return Optional.of(encoded.toString());
    }

    /** What stands on several lines, on one, without control characters. */
    private static String line(String text) {
        return text.replaceAll("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    private static boolean isWithinWord(String text, int index) {
        return index > 0
                && index + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(index - 1))
                && Character.isLetterOrDigit(text.charAt(index + 1));
    }
}
