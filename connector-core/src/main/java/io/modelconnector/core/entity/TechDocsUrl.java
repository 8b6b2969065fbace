package io.modelconnector.core.entity;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Builds the addresses under which model cards are served as TechDocs. Thread-safe. */
public final class TechDocsUrl {
    private static final String HEX = "0123456789ABCDEF";
    private static final String UNRESERVED = "-._~";

    private TechDocsUrl() {}

    /**
     * The address of a card in the location contract: {@code <base>/modelcard?key=<card key>}.
     *
     * @param base where the endpoint is reached; a trailing slash is ignored
     * @param card which card
     * @return an absolute URL if the base is one
     */
    public static String ofLocation(URI base, ModelCardReference card) {
        String text = base.toString();
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return trimmed + "/modelcard?key=" + encode(card.key());
    }

    /** Percent-encodes everything but the unreserved characters of RFC 3986. */
    private static String encode(String text) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean alphanumeric = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (alphanumeric || UNRESERVED.indexOf(b) >= 0) {
                encoded.write(b);
            } else {
                encoded.write('%');
                encoded.write(HEX.charAt((b >> 4) & 0xf));
                encoded.write(HEX.charAt(b & 0xf));
            }
        }
        return encoded.toString(StandardCharsets.US_ASCII);
    }
}
