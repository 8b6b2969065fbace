package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the program logs.
 *
 * @param level {@code LOG_LEVEL}: what is logged of the connector itself
 * @param format {@code LOG_FORMAT}: {@code text} or {@code json}
 */
public record LogSettings(String level, String format) {
    private static volatile @Nullable LogSettings applied;

    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static LogSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        LogSettings settings = from(reader);
        reader.check();
        return settings;
    }

    static LogSettings from(EnvironmentReader reader) {
        return new LogSettings(
                reader.word("LOG_LEVEL", "INFO", List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF")),
                reader.word("LOG_FORMAT", "text", List.of("text", "json")));
    }

    /** Tells the logging library, which asks for it when the first thing is logged. */
    public void apply() {
        applied = this;
    }

    /** What was told, or what the process's environment says if nothing was; a mistake in that is told elsewhere. */
    static LogSettings applied() {
        LogSettings told = applied;
        return told != null ? told : from(new EnvironmentReader(System.getenv()));
    }
}
