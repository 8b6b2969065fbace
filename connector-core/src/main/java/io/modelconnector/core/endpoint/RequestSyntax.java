package io.modelconnector.core.endpoint;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads paths, queries and conditional headers strictly: what is malformed is refused, not guessed. */
final class RequestSyntax {
    private static final int LONGEST_ECHO = 200;

    private RequestSyntax() {}

    /** Decodes a path's percent-encoding, segment by segment: an encoded slash separates nothing and stays encoded. */
    static String decodePath(String rawPath) throws BadRequestException {
        if (!rawPath.startsWith("/")) {
            throw new BadRequestException("the path does not start with a slash");
        }
        if (rawPath.indexOf('%') < 0) {
            return rawPath;
        }
        StringBuilder path = new StringBuilder(rawPath.length());
        for (String segment : rawPath.substring(1).split("/", -1)) {
            path.append('/').append(decode(segment, "path", false).replace("/", "%2F"));
        }
        return path.toString();
    }

    /** The first value of a query parameter, decoded; null without one. */
    static @Nullable String parameter(@Nullable String rawQuery, String name) throws BadRequestException {
        if (rawQuery == null) {
            return null;
        }
        String found = null;
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals), "query", true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), "query", true);
            if (found == null && key.equals(name)) {
                found = value;
            }
        }
        return found;
    }

    /** Whether an {@code If-None-Match} names one of two ETags, or any. */
    static boolean matches(@Nullable String ifNoneMatch, String etag, String otherEtag) throws BadRequestException {
        if (ifNoneMatch == null) {
            return false;
        }
        String text = ifNoneMatch.strip();
        if (text.equals("*")) {
            return true;
        }
        boolean matches = false;
        int at = 0;
        do {
            int start = skipSpace(text, at);
            int quote = text.startsWith("W/", start) ? start + 2 : start;
            int end = quote < text.length() && text.charAt(quote) == '"' ? text.indexOf('"', quote + 1) : -1;
            if (end < 0) {
                throw new BadRequestException("If-None-Match is neither * nor a list of ETags in quotes");
            }
            int length = end + 1 - quote;
            matches |= region(text, quote, length, etag) || region(text, quote, length, otherEtag);
            at = skipSpace(text, end + 1);
            if (at < text.length() && text.charAt(at) != ',') {
                throw new BadRequestException("If-None-Match has no comma between its ETags");
            }
            at++;
        } while (at < text.length());
        return matches;
    }

    /** Whether {@code Accept-Encoding} allows gzip. */
    static boolean acceptsGzip(@Nullable String acceptEncoding) throws BadRequestException {
        if (acceptEncoding == null || acceptEncoding.isBlank()) {
            return false;
        }
        Boolean named = null;
        boolean any = false;
        for (String part : acceptEncoding.split(",", -1)) {
            int semicolon = part.indexOf(';');
            String coding = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
            boolean allowed =
                    semicolon < 0 || quality(part.substring(semicolon + 1).strip()) > 0;
            if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
                named = allowed;
            } else if (coding.equals("*")) {
                any = allowed;
            }
        }
        return named != null ? named : any;
    }

    /** Makes client input fit to be repeated in a message. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), LONGEST_ECHO));
        for (int i = 0; i < text.length() && i < LONGEST_ECHO; i++) {
            char c = text.charAt(i);
            printable.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > LONGEST_ECHO ? printable + "…" : printable.toString();
    }

    private static double quality(String parameter) throws BadRequestException {
        if (parameter.matches("[qQ]\\s*=\\s*(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
            return Double.parseDouble(
                    parameter.substring(parameter.indexOf('=') + 1).strip());
        }
        throw new BadRequestException("Accept-Encoding has a weight that is not a number from 0 to 1");
    }

    private static boolean region(String text, int start, int length, String etag) {
        return length == etag.length() && text.startsWith(etag, start);
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static String decode(String text, String where, boolean plusIsSpace) throws BadRequestException {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = digit(text, i + 1);
                int low = digit(text, i + 2);
                if (high < 0 || low < 0) {
                    throw new BadRequestException(
                            "the " + where + " has a % that is not followed by two hexadecimal digits");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else {
                bytes.put(StandardCharsets.UTF_8.encode(CharBuffer.wrap(text, i, i + 1)));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("the " + where + " is not UTF-8 under its percent-encoding");
        }
    }

    private static int digit(String text, int at) {
        return at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    }
}
