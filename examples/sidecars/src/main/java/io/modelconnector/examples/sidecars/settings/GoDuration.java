package io.modelconnector.examples.sidecars.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as Go writes them: numbers with units one after the other, for instance {@code 2m}, {@code 1m30s},
 * {@code 500ms} or {@code 1.5h}. The environment of existing deployments has them in this form.
 */
final class GoDuration {
    private static final Pattern WHOLE =
            Pattern.compile("([+-]?)((?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(\\D+)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if it is none, or is longer than the 292 years that Go can hold
     */
    static Duration parse(String text) {
        if (text.matches("[+-]?0")) {
            return Duration.ZERO;
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw new IllegalArgumentException("no duration");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(whole.group(2));
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosOf(part.group(2)))));
        }
        if (nanos.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("longer than 292 years");
        }
        Duration duration = Duration.ofNanos(nanos.longValue());
        return whole.group(1).equals("-") ? duration.negated() : duration;
    }

    private static long nanosOf(String unit) {
        Long nanos = NANOS.get(unit);
        if (nanos == null) {
            throw new IllegalArgumentException("no unit");
        }
        return nanos;
    }
}
