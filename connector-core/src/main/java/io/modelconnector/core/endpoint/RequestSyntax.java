package io.modelconnector.core.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads paths, queries and conditional headers strictly: what is malformed is refused, not guessed. */
final class RequestSyntax {
    static final String READ_METHODS = "GET, HEAD";
    private static final int LONGEST_ECHO = 200;
    private static final Pattern WEIGHT = Pattern.compile("[qQ]\\s*=\\s*(0(\\.\\d{0,3})?|1(\\.0{0,3})?)");
    /** A weight that says "not this". */
    private static final Pattern NOTHING = Pattern.compile("[qQ]\\s*=\\s*0(\\.0{0,3})?");

    private RequestSyntax() {}

    /** Whether a request only reads. */
    static boolean isRead(FeedRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    /** Refuses a request that does not only read. */
    static void requireRead(FeedRequest request) throws RefusedException {
        if (!isRead(request)) {
            throw RefusedException.method(READ_METHODS);
        }
    }

    /** Refuses a request whose method is not the only one that its path has. */
    static void requireMethod(FeedRequest request, String method) throws RefusedException {
        if (!request.method().equals(method)) {
            throw RefusedException.method(method);
        }
    }

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

    /** Refuses a query that is malformed, whatever is asked for in it. */
    static void requireQuery(FeedRequest request) throws BadRequestException {
        String unused = parameter(request.rawQuery(), "");
    }

    /** The value of a query parameter, decoded; null without one. The whole query is checked. */
    static @Nullable String parameter(@Nullable String rawQuery, String name) throws BadRequestException {
        if (rawQuery == null) {
            return null;
        }
        String found = null;
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals), "query", true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), "query", true);
            if (key.equals(name) && !name.isEmpty()) {
                if (found != null) {
                    throw new BadRequestException("the parameter \"" + name + "\" is given twice");
                }
                found = value;
            }
        }
        return found;
    }

    /** Whether an {@code If-None-Match} names an ETag, or any; weak and strong ones are equal here (RFC 9110, 13.1.2). */
    static boolean matches(@Nullable String ifNoneMatch, String etag) throws BadRequestException {
        if (ifNoneMatch == null) {
            return false;
        }
        String text = ifNoneMatch.strip();
        if (text.equals("*")) {
            return true;
        }
        boolean matches = false;
        int at = nextElement(text, 0);
        while (at < text.length()) {
            int quote = text.startsWith("W/", at) ? at + 2 : at;
            int end = quote < text.length() && text.charAt(quote) == '"' ? text.indexOf('"', quote + 1) : -1;
            if (end < 0) {
                throw new BadRequestException("If-None-Match is neither * nor a list of ETags in quotes");
            }
            matches |= end + 1 - quote == etag.length() && text.startsWith(etag, quote);
            at = skipSpace(text, end + 1);
            if (at < text.length() && text.charAt(at) != ',') {
                throw new BadRequestException("If-None-Match has no comma between its ETags");
            }
            at = nextElement(text, at);
        }
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

    /** Whether {@code Accept} names HTML, as browsers do and scripts do not: a wildcard is not enough. */
    static boolean acceptsHtml(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        for (String range : accept.split(",", -1)) {
            String[] parts = range.split(";", -1);
            if (parts[0].strip().equalsIgnoreCase("text/html")) {
                return Arrays.stream(parts)
                        .skip(1)
                        .noneMatch(part -> NOTHING.matcher(part.strip()).matches());
            }
        }
        return false;
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
        if (WEIGHT.matcher(parameter).matches()) {
            return Double.parseDouble(
                    parameter.substring(parameter.indexOf('=') + 1).strip());
        }
        throw new BadRequestException("Accept-Encoding has a weight that is not a number from 0 to 1");
    }

    /** Where the next element of a list begins; empty ones are skipped (RFC 9110, 5.6.1.2). */
    private static int nextElement(String text, int from) {
        int at = skipSpace(text, from);
        while (at < text.length() && text.charAt(at) == ',') {
            at = skipSpace(text, at + 1);
        }
        return at;
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '%') {
                bytes.write(hex(text, i + 1, where) << 4 | hex(text, i + 2, where));
                i += 3;
            } else {
                bytes.writeBytes(
                        Character.toString(c == '+' && plusIsSpace ? ' ' : c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("the " + where + " is not UTF-8 under its percent-encoding");
        }
    }

    private static int hex(String text, int at, String where) throws BadRequestException {
        if (at < text.length() && HexFormat.isHexDigit(text.charAt(at))) {
            return HexFormat.fromHexDigit(text.charAt(at));
        }
        throw new BadRequestException("the " + where + " has a % that is not followed by two hexadecimal digits");
    }
}
