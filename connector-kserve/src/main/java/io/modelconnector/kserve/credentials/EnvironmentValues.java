package io.modelconnector.kserve.credentials;

import io.modelconnector.core.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environment variables, without the line ends that Secrets often have; an empty one is absent. */
final class EnvironmentValues {
    private final Map<String, String> values;

    EnvironmentValues(Map<String, String> values) {
        this.values = values;
    }

    @Nullable
    String get(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A token, which goes into a header. */
    @Nullable
    String token(String name) {
        String token = get(name);
        return token == null ? null : checkedToken(name, token);
    }

    /** The home directory: what {@code HOME} says, else the JVM. */
    Path home() {
        String home = get("HOME");
        return Path.of(home == null ? System.getProperty("user.home", "/") : home);
    }

    static String checkedToken(String where, String token) {
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ConfigurationException(
                    where
                            + " holds no token: it has spaces, line ends or other characters within, must be one word of ASCII");
        }
        return token;
    }
}
