package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads environment variables and collects what is wrong with them, so that a user learns of all mistakes at once. A
 * variable that is empty counts as absent; white space around a value, such as the newline at the end of a Secret, does
 * not belong to it. Not thread-safe.
 */
public final class EnvironmentReader {
    /** Asking more often than this is a mistake in a unit. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private static final int LONGEST_ECHO = 100;

    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    /**
     * Starts to read.
     *
     * @param variables the environment variables
     */
    public EnvironmentReader(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** A text without the white space around it; null if there is none. */
    public @Nullable String text(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The parts of a list with commas, without empty ones. */
    public List<String> list(String name) {
        String value = text(name);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    /**
     * One of some words, whatever its case.
     *
     * @param absent what it is where the variable is absent or something else
     */
    public String word(String name, String absent, List<String> valid) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        for (String word : valid) {
            if (word.equalsIgnoreCase(value)) {
                return word;
            }
        }
        invalid(name, value, valid.size() == 1 ? valid.get(0) : "one of " + String.join(", ", valid));
        return absent;
    }

    /** Whether it is true; a variable that is absent is false. */
    public boolean flag(String name) {
        String value = text(name);
        if (value == null) {
            return false;
        }
        // What Go's strconv.ParseBool takes: existing deployments were written for it.
        String word = value.toLowerCase(Locale.ROOT);
        boolean yes = List.of("1", "t", "true").contains(word);
        if (!yes && !List.of("0", "f", "false").contains(word)) {
            invalid(name, value, "true or false");
        }
        return yes;
    }

    /** A duration as Go writes it, of 100 ms or more. */
    public Duration positiveDuration(String name, Duration absent) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        try {
            Duration duration = GoDuration.parse(value);
            if (duration.compareTo(SHORTEST) >= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // Told below, together with what would be valid.
        }
        invalid(name, value, "a duration of 100ms or more, such as 2m, 1m30s, 500ms or 1.5h");
        return absent;
    }

    /** A size in bytes, as Kubernetes writes it. */
    public int bytes(String name, int absent, int most) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        try {
            long bytes = ByteSize.parse(value);
            if (bytes <= most) {
                return (int) bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below, together with what would be valid.
        }
        invalid(name, value, "a number of bytes up to " + most + ", such as 8Mi, 500k or 8388608");
        return absent;
    }

    /** The parts of a list with commas that match a syntax; others are noted as mistakes. */
    public List<String> names(String name, Pattern syntax, String valid) {
        List<String> names = new ArrayList<>();
        for (String part : list(name)) {
            if (syntax.matcher(part).matches()) {
                names.add(part);
            } else {
                invalid(name, part, valid);
            }
        }
        return names;
    }

    /** An http or https URL; null if there is none. */
    public @Nullable URI url(String name) {
        String value = text(name);
        return value == null ? null : url(name, value);
    }

    /** Reads one URL out of a variable's value; null if it is none. */
    public @Nullable URI url(String name, String value) {
        try {
            URI url = new URI(value);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (plain && url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below, together with what would be valid.
        }
        // A user's part of a URL is a secret, so such a value is not repeated.
        invalid(
                name,
                value.contains("@") ? "(not shown)" : value,
                "an http or https URL without user, query and fragment");
        return null;
    }

    /** The path of a file that can be read; null if there is none. */
    public @Nullable Path readableFile(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            Path path = Path.of(value);
            if (Files.isReadable(path) && !Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Told below, together with what would be valid.
        }
        invalid(name, value, "the path of a file that can be read");
        return null;
    }

    /**
     * Notes a mistake.
     *
     * @param name the variable
     * @param value what it was, or the part of it that is wrong; nothing secret
     * @param valid what would be valid: "must be ..."
     */
    public void invalid(String name, String value, String valid) {
        String shown = value.replaceAll("\\p{Cntrl}", "?");
        shown = shown.length() > LONGEST_ECHO ? shown.substring(0, LONGEST_ECHO) + "…" : shown;
        String problem = name + " was \"" + shown + "\", must be " + valid;
        // A variable may be read for several purposes.
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigurationException if anything was wrong, with all of it
     */
    public void check() {
        if (problems.size() == 1) {
            throw new ConfigurationException(problems.get(0));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.size() + " problems: " + String.join("; ", problems));
        }
    }
}
