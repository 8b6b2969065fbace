package io.modelconnector.examples.sidecars.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param host the host name or address of the interface; null for all of them
 * @param port the port; 0 stands for any free one, or for not listening at all, as the flag says
 */
public record ListenAddress(@Nullable String host, int port) {
    /** What a flag's value may look like. */
    public static final String VALID = "a port from 0 to 65535, alone or as :PORT or HOST:PORT";

    private static final Pattern SYNTAX =
            Pattern.compile("(?:(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])?:)?(?<port>\\d{1,5})");

    /** All interfaces, one port. */
    public static ListenAddress port(int port) {
        return new ListenAddress(null, port);
    }

    /**
     * Reads {@code 9090}, {@code :9090}, {@code host:9090} or {@code [::1]:9090}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static ListenAddress parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > 65535) {
            throw new IllegalArgumentException("must be " + VALID);
        }
        String host = matcher.group("host");
        if (host != null && host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new ListenAddress(host, Integer.parseInt(matcher.group("port")));
    }

    /** As it is written in a flag. */
    @Override
    public String toString() {
        if (host == null) {
            return ":" + port;
        }
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
