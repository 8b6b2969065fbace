package io.modelconnector.core.entity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of content: the base of ETags and of the suffixes that keep names apart. Thread-safe. */
public final class ContentDigest {
    private ContentDigest() {}

    /**
     * The first 32 hexadecimal digits (128 bits) of the SHA-256 of some bytes, in lower case. Equal bytes have equal
     * digests on every machine and after every restart.
     */
    public static String of(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content), 0, 16);
    }

    /** As {@link #of(byte[])}, over the text's UTF-8. */
    public static String of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
