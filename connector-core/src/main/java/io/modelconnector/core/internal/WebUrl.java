package io.modelconnector.core.internal;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which texts a browser's URL parser accepts without a base: the rules of the WHATWG URL standard, as far as they
 * decide between yes and no. {@code java.net.URI} knows another grammar. A portal refuses an entity as a whole for one
 * link that this parser rejects.
 */
public final class WebUrl {
    private static final Set<String> WITH_REQUIRED_HOST = Set.of("http", "https", "ws", "wss", "ftp");
    private static final int MAX_PORT = 65535;

    private WebUrl() {}

    /** Whether it is a valid URL, of whatever scheme. */
    public static boolean isValid(String text) {
        return scheme(text) != null;
    }

    /** Whether it is a valid URL of a web page. */
    public static boolean isHttp(String text) {
        String scheme = scheme(text);
        return scheme != null && (scheme.equals("http") || scheme.equals("https"));
    }

    /** The scheme in lower case, or null if the text is no valid URL. */
    public static @Nullable String scheme(String text) {
        String input = withoutIgnoredCharacters(text);
        int colon = schemeLength(input);
        if (colon < 0) {
            return null;
        }
        String scheme = input.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = input.substring(colon + 1);
        boolean valid;
        if (WITH_REQUIRED_HOST.contains(scheme)) {
            valid = isAuthority(rest.substring(slashes(rest)), true);
        } else if (scheme.equals("file")) {
            valid = isFile(rest);
        } else {
            valid = !rest.startsWith("//") || isAuthority(rest.substring(2), false);
        }
        return valid ? scheme : null;
    }

    /** The host of a valid http or https URL; null if the text is none. */
    public static @Nullable WebHost httpHost(String text) {
        if (!isHttp(text)) {
            return null;
        }
        String input = withoutIgnoredCharacters(text);
        String rest = input.substring(schemeLength(input) + 1);
        return WebHost.parse(host(hostAndPort(untilPath(rest.substring(slashes(rest)), true))));
    }

    private static String withoutIgnoredCharacters(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) <= ' ') {
            end--;
        }
        String trimmed = text.substring(start, end);
        boolean broken = trimmed.indexOf('\n') >= 0 || trimmed.indexOf('\r') >= 0 || trimmed.indexOf('\t') >= 0;
        return broken ? trimmed.replace("\n", "").replace("\r", "").replace("\t", "") : trimmed;
    }

    /** The index of the colon after the scheme, or -1 if the text does not begin with a scheme. */
    private static int schemeLength(String input) {
        for (int i = 0; i < input.length(); i++) {
            char c = input.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean laterOnly = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !laterOnly)) {
                return -1;
            }
        }
        return -1;
    }

    /** Any number of slashes and backslashes lead to the host of a web URL, none as well. */
    private static int slashes(String rest) {
        int count = 0;
        while (count < rest.length() && isSlash(rest.charAt(count))) {
            count++;
        }
        return count;
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private static boolean isFile(String rest) {
        if (rest.length() < 2 || !isSlash(rest.charAt(0)) || !isSlash(rest.charAt(1))) {
            return true;
        }
        String host = untilPath(rest.substring(2), true);
        boolean driveLetter = host.length() == 2
                && Character.isLetter(host.charAt(0))
                && host.charAt(0) < 0x80
                && (host.charAt(1) == ':' || host.charAt(1) == '|');
        return host.isEmpty() || driveLetter || WebHost.isDomainOrAddress(host);
    }

    private static boolean isAuthority(String rest, boolean web) {
        String authority = untilPath(rest, web);
        String hostAndPort = hostAndPort(authority);
        if (hostAndPort.isEmpty()) {
            return authority.isEmpty() && !web;
        }
        int colon = portSeparator(hostAndPort);
        String host = host(hostAndPort);
        return !host.isEmpty()
                && (web ? WebHost.isDomainOrAddress(host) : WebHost.isOpaque(host))
                && (colon < 0 || isPort(hostAndPort.substring(colon + 1)));
    }

    /** What follows the user and the password. */
    private static String hostAndPort(String authority) {
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static String host(String hostAndPort) {
        int colon = portSeparator(hostAndPort);
        return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    }

    private static String untilPath(String rest, boolean backslashIsSlash) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            if (backslashIsSlash && rest.charAt(end) == '\\') {
                break;
            }
            end++;
        }
        return rest.substring(0, end);
    }

    /** The index of the first colon that is not inside of brackets. */
    private static int portSeparator(String hostAndPort) {
        boolean inBrackets = false;
        for (int i = 0; i < hostAndPort.length(); i++) {
            char c = hostAndPort.charAt(i);
            if (c == ':' && !inBrackets) {
                return i;
            }
            inBrackets = c == '[' || (inBrackets && c != ']');
        }
        return -1;
    }

    private static boolean isPort(String port) {
        int value = 0;
        for (int i = 0; i < port.length(); i++) {
            char c = port.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            value = value * 10 + (c - '0');
            if (value > MAX_PORT) {
                return false;
            }
        }
        return true;
    }
}
