package io.modelconnector.examples.sidecars.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as Kubernetes writes them: {@code 8Mi}, {@code 500k} or {@code 8388608}. */
final class ByteSize {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,15})([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L, "Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30);

    private ByteSize() {}

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("no size");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large", e);
        }
    }
}
