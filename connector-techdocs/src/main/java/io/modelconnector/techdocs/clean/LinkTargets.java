package io.modelconnector.techdocs.clean;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges where links and images point to. */
final class LinkTargets {
    /** The longest destination that is kept, but for pictures within the card. */
    private static final int LONGEST = 4096;
    /** The longest picture that a destination may hold. */
    private static final int LONGEST_PICTURE = 16 * 1024;

    private static final int LONGEST_SCHEME = 40;

    private static final Set<String> ALLOWED = Set.of("http", "https", "mailto");

    private static final Set<String> PICTURES = Set.of(
            "data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,");

    /** ASCII punctuation that stands in an address as it is and has no meaning in Markdown there. */
    private static final String PLAIN = "-._~:/?#@!$&'*+,;=%";

    private final @Nullable URI origin;
    private final Set<String> imageHosts;

    /** What a destination is. */
    enum Kind {
        /** May stay, perhaps written in another way. */
        FINE,
        /** A place in the repository of a card whose repository is not known. */
        RELATIVE,
        /** Everything else. */
        BAD
    }

    /** A judgement, with the address as it may be written if it is fine. */
    record Target(Kind kind, String address) {
        boolean isFine() {
            return kind == Kind.FINE;
        }
    }

    LinkTargets(@Nullable URI origin, Set<String> imageHosts) {
        this.origin = origin;
        this.imageHosts = imageHosts;
    }

    /** Judges a destination in which references and backslashes are already resolved. */
    Target judge(String destination) {
        String address = visible(destination);
        if (address.length() > LONGEST || address.isEmpty()) {
            return new Target(Kind.BAD, address);
        }
        if (address.startsWith("//")) {
            address = "https:" + address;
        }
        String scheme = scheme(address);
        if (scheme == null) {
            return relative(address);
        }
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (web && !address.startsWith("//", scheme.length() + 1)) {
            return new Target(Kind.BAD, address);
        }
        return ALLOWED.contains(scheme) ? new Target(Kind.FINE, written(address)) : new Target(Kind.BAD, address);
    }

    private Target relative(String address) {
        if (address.startsWith("#")) {
            return new Target(Kind.FINE, written(address));
        }
        if (address.indexOf(':') >= 0 && address.indexOf(':') < pathStart(address)) {
            return new Target(Kind.BAD, address);
        }
        if (origin == null) {
            return new Target(Kind.RELATIVE, address);
        }
        try {
            URI resolved = origin.resolve(new URI(written(address)));
            String text = resolved.toString();
            return text.startsWith(origin.getScheme() + "://")
                    ? new Target(Kind.FINE, written(text))
                    : new Target(Kind.BAD, address);
        } catch (URISyntaxException e) {
            return new Target(Kind.RELATIVE, address);
        }
    }

    /** Whether a viewer's browser may fetch a picture from there. */
    boolean isImageHost(String address) {
        String scheme = scheme(address);
        if (scheme == null || !scheme.startsWith("http")) {
            return false;
        }
        int start = scheme.length() + 3;
        int end = start;
        while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        String authority = address.substring(Math.min(start, end), end).toLowerCase(Locale.ROOT);
        int port = authority.indexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        return !host.isEmpty()
                && authority.indexOf('@') < 0
                && (imageHosts.contains(host) || (origin != null && host.equalsIgnoreCase(origin.getHost())));
    }

    /** Whether this is a small picture of a kind that holds no script. */
    static boolean isSmallPicture(String destination) {
        if (destination.length() > LONGEST_PICTURE) {
            return false;
        }
        int comma = destination.indexOf(',');
        if (comma < 0 || !PICTURES.contains(destination.substring(0, comma + 1))) {
            return false;
        }
        for (int i = comma + 1; i < destination.length(); i++) {
            char c = destination.charAt(i);
            if (!Entities.isAlphanumeric(c) && c != '+' && c != '/' && c != '=') {
                return false;
            }
        }
        return true;
    }

    static boolean isData(String destination) {
        return destination.regionMatches(true, 0, "data:", 0, 5);
    }

    /**
     * Whether the start of a destination, as some renderer may find it, leads to an allowed place or to none. In a
     * definition it is one word.
     */
    static boolean looksHarmless(String text, int start, int limit, boolean oneWord) {
        StringBuilder scheme = new StringBuilder();
        for (int i = start; i < limit && scheme.length() < LONGEST_SCHEME; i++) {
            char c = text.charAt(i);
            if (c == '&' || c == '\\') {
                return false;
            }
            if (c == ':') {
                boolean alone = oneWord && (i + 1 == limit || text.charAt(i + 1) <= ' ');
                return alone || ALLOWED.contains(scheme.toString().toLowerCase(Locale.ROOT));
            }
            boolean skipped = c == '\n' || c == '\t' || (scheme.isEmpty() && (c == ' ' || c == '<'));
            if (!skipped && !isSchemePart(c)) {
                return true;
            }
            if (!skipped) {
                scheme.append(c);
            }
        }
        return true;
    }

    private static boolean isSchemePart(char c) {
        return Entities.isAlphanumeric(c) || c == '+' || c == '-' || c == '.';
    }

    /** Without what a browser does not see: blanks around it, and line ends and tabs in it. */
    private static String visible(String destination) {
        StringBuilder visible = new StringBuilder(destination.length());
        for (int i = 0; i < destination.length(); i++) {
            char c = destination.charAt(i);
            if (c > ' ' && c != 0x7f && c != 0xad && (c < 0x200b || c > 0x200f)) {
                visible.append(c);
            } else if (c == ' ' && !visible.isEmpty()) {
                visible.append(c);
            }
        }
        return visible.toString().strip();
    }

    private static int pathStart(String address) {
        for (int i = 0; i < address.length(); i++) {
            if ("/?#".indexOf(address.charAt(i)) >= 0) {
                return i;
            }
        }
        return address.length();
    }

    private static @Nullable String scheme(String address) {
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == ':' && i > 0) {
                return address.substring(0, i).toLowerCase(Locale.ROOT);
            }
            if (!isSchemePart(c)) {
                return null;
            }
        }
        return null;
    }

    /** The address with everything percent-encoded that could end it early or mean something else. */
    static String written(String address) {
        boolean parentheses = hasPlainParentheses(address);
        StringBuilder written = null;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            boolean plain = Entities.isAlphanumeric(c)
                    || PLAIN.indexOf(c) >= 0
                    || (parentheses && (c == '(' || c == ')'))
                    || (c > 0xa0 && !Character.isWhitespace(c) && !Character.isISOControl(c) && c != 0x3000);
            if (!plain && written == null) {
                written = new StringBuilder(address.length() + 16).append(address, 0, i);
            }
            if (written != null) {
                if (plain) {
                    written.append(c);
                } else if (c < 0x80) {
                    written.append('%').append(hex(c >> 4)).append(hex(c & 15));
                }
            }
        }
        // Two plug-ins look for their diagrams in addresses too.
        return (written == null ? address : written.toString())
                .replace("::uml::", "::uml:%3A")
                .replace("~~~", "~~%7E");
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    private static boolean hasPlainParentheses(String address) {
        int open = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '(') {
                open++;
            } else if (c == ')') {
                open--;
            }
            if (open < 0 || open > 1) {
                return false;
            }
        }
        return open == 0;
    }
}
