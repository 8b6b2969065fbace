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
     * Starts with nothing wrong.
     *
     * @param variables the environment variables
     */
    public EnvironmentReader(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** A text; null if the variable is absent. */
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
     * @param name the variable
     * @param absent what to return if it is absent
     * @param valid the words
     * @return the word, in the case that it has among the valid ones
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

    /** Whether something is wanted; false if the variable is absent. */
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

    /**
     * A duration in Go's syntax.
     *
     * @param name the variable
     * @param absent what to return if it is absent
     */
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

    /** A URL of a server; null if the variable is absent. */
    public @Nullable URI url(String name) {
        String value = text(name);
        return value == null ? null : url(name, value);
    }

    /**
     * Reads one URL out of a variable's value.
     *
     * @param name the variable
     * @param value the URL
     */
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

    /** A file that can be read; null if the variable is absent. */
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
     * @param value its value, which is shown; not to be a secret
     * @param valid what it has to be
     */
    public void invalid(String name, String value, String valid) {
        String shown = value.replaceAll("\\p{Cntrl}", "?");
        shown = shown.length() > LONGEST_ECHO ? shown.substring(0, LONGEST_ECHO) + "…" : shown;
        problems.add(name + " was \"" + shown + "\", must be " + valid);
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
