package io.modelconnector.core.endpoint.servlet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address from which a request came, as containers write it. */
final class ClientAddress {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    /** Whatever is neither is not looked at: it could be a name, which would be looked up. */
    private static final Pattern LITERAL =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}|\\[?(::|[0-9A-Fa-f]{1,4}:)[0-9A-Fa-f:.]*(%[\\w.-]+)?]?");

    private ClientAddress() {}

    /** The address; null if it is not known. Never asks a name service. */
    static @Nullable InetAddress of(@Nullable String text) {
        if (text == null || !LITERAL.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
