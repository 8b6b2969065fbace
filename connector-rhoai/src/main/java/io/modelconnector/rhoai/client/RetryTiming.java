package io.modelconnector.rhoai.client;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * The time and chance that retries depend on.
 *
 * @param sleeper how a retry waits
 * @param random numbers from 0 (inclusive) to 1 (exclusive)
 * @param clock tells how far away the date in a {@code Retry-After} is
 */
record RetryTiming(Sleeper sleeper, DoubleSupplier random, Clock clock) {
    /** Waits for some time; an interrupt ends the wait. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    static RetryTiming system() {
        return new RetryTiming(
                time -> Thread.sleep(time.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble(),
                Clock.systemUTC());
    }

    /** The delay before a retry: doubled from retry to retry, up to a limit, and anywhere between half and one and a half of that. */
    Duration backoff(int retry, HttpSettings settings) {
        long doubled = settings.retryDelay().toNanos() << Math.min(retry - 1, 20);
        long limit = settings.maxRetryDelay().toNanos();
        long nominal = doubled <= 0 ? limit : Math.min(doubled, limit);
        return Duration.ofNanos(Math.min(limit, (long) (nominal * (0.5 + random.getAsDouble()))));
    }
}
