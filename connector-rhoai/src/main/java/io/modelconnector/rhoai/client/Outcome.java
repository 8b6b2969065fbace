package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request among several: exactly one of a value and a failure.
 *
 * @param <T> the type of the value
 * @param value what was read; null if that failed
 * @param failure why it failed; null if it did not
 */
public record Outcome<T>(@Nullable T value, @Nullable ConnectorException failure) {
    /** Checks that there is one of the two. */
    public Outcome {
        if ((value == null) == (failure == null)) {
            throw new IllegalArgumentException("an outcome is either a value or a failure");
        }
    }

    /** A value. */
    public static <T> Outcome<T> of(T value) {
        return new Outcome<>(requireNonNull(value, "value"), null);
    }

    /** A failure. */
    public static <T> Outcome<T> failed(ConnectorException failure) {
        return new Outcome<>(null, requireNonNull(failure, "failure"));
    }
}
