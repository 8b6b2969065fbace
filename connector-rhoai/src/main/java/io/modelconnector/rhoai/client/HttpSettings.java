package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * How registries and the catalog are called: limits, retries and trust. Immutable and thread-safe; one object may serve
 * any number of clients.
 */
public final class HttpSettings {
    private static final HttpSettings DEFAULTS = builder().build();

    private final Duration callTimeout;
    private final Duration connectTimeout;
    private final int requestsAtOnce;
    private final int retries;
    private final Duration retryDelay;
    private final Duration maxRetryDelay;
    private final long maxResponseBytes;
    private final int maxCardBytes;
    private final int maxPages;
    private final Trust trust;

    private HttpSettings(Builder builder) {
        callTimeout = builder.callTimeout;
        connectTimeout = builder.connectTimeout;
        requestsAtOnce = builder.requestsAtOnce;
        retries = builder.retries;
        retryDelay = builder.retryDelay;
        maxRetryDelay = builder.maxRetryDelay;
        maxResponseBytes = builder.maxResponseBytes;
        maxCardBytes = builder.maxCardBytes;
        maxPages = builder.maxPages;
        trust = builder.trust;
    }

    /** The defaults, which {@link Builder}'s setters name. */
    public static HttpSettings defaults() {
        return DEFAULTS;
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** How long one try of a request may take, from connecting to the last byte of the answer. */
    public Duration callTimeout() {
        return callTimeout;
    }

    /** How long connecting may take. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** How many requests a client has under way at most. */
    public int requestsAtOnce() {
        return requestsAtOnce;
    }

    /** How often a request is tried again. */
    public int retries() {
        return retries;
    }

    /** How long the first retry is held back, give or take half of it. */
    public Duration retryDelay() {
        return retryDelay;
    }

    /** How long a retry is held back at most, whatever the server asks for. */
    public Duration maxRetryDelay() {
        return maxRetryDelay;
    }

    /** How long an answer may be, after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }

    /** How long a model card may be, as UTF-8. */
    public int maxCardBytes() {
        return maxCardBytes;
    }

    /** How many pages a list may have. */
    public int maxPages() {
        return maxPages;
    }

    Trust trust() {
        return trust;
    }

    /**
     * Makes an OkHttp client keep to these settings, as the clients here do: timeouts, redirects, which are not followed, and
     * trust. For other requests to the same servers, a probe for instance.
     *
     * @param client the client; its own trust stays where the settings add nothing to it
     * @return the same client
     * @throws ConfigurationException if the certificates cannot be used
     */
    public OkHttpClient.Builder applyTo(OkHttpClient.Builder client) {
        client.callTimeout(callTimeout)
                .connectTimeout(connectTimeout)
                .readTimeout(callTimeout)
                .writeTimeout(callTimeout)
                .followRedirects(false)
                .followSslRedirects(false);
        trust.apply(client);
        return client;
    }

    /** The limits, and what is trusted in short. */
    @Override
    public String toString() {
        return "HttpSettings[callTimeout=" + callTimeout + ", connectTimeout=" + connectTimeout + ", requestsAtOnce="
                + requestsAtOnce + ", retries=" + retries + ", retryDelay=" + retryDelay + ", maxRetryDelay="
                + maxRetryDelay + ", maxResponseBytes=" + maxResponseBytes + ", maxCardBytes=" + maxCardBytes
                + ", maxPages=" + maxPages + ", trust=" + trust + ']';
    }

    /** Collects settings; a bad value is refused by its setter. Not thread-safe. */
    public static final class Builder {
        private Duration callTimeout = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private int requestsAtOnce = 8;
        private int retries = 3;
        private Duration retryDelay = Duration.ofMillis(250);
        private Duration maxRetryDelay = Duration.ofSeconds(30);
        private long maxResponseBytes = 64L << 20;
        private int maxCardBytes = 1 << 20;
        private int maxPages = 10_000;
        private Trust trust = Trust.platform();

        private Builder() {}

        /**
         * How long one try of a request may take.
         *
         * @param timeout 30 seconds by default
         * @throws ConfigurationException if it is not positive
         */
        public Builder callTimeout(Duration timeout) {
            callTimeout = positive("callTimeout", timeout);
            return this;
        }

        /**
         * How long connecting may take.
         *
         * @param timeout 5 seconds by default
         * @throws ConfigurationException if it is not positive
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive("connectTimeout", timeout);
            return this;
        }

        /**
         * How many requests a client, which is one registry or the catalog, has under way at most.
         *
         * @param requests 8 by default
         * @throws ConfigurationException if it is not between 1 and 256
         */
        public Builder requestsAtOnce(int requests) {
            requestsAtOnce = (int) within("requestsAtOnce", requests, 1, 256);
            return this;
        }

        /**
         * How often a request is tried again after 429, 502, 503, 504 or an I/O error. An upstream that could not be
         * reached in spite of all retries is then tried once at a time until it answers.
         *
         * @param times 3 by default
         * @throws ConfigurationException if it is not between 0 and 20
         */
        public Builder retries(int times) {
            retries = (int) within("retries", times, 0, 20);
            return this;
        }

        /**
         * How long the first retry is held back, give or take half of it; it doubles from retry to retry.
         *
         * @param delay 250 ms by default
         * @throws ConfigurationException if it is not positive
         */
        public Builder retryDelay(Duration delay) {
            retryDelay = positive("retryDelay", delay);
            return this;
        }

        /**
         * How long a retry is held back at most, also where the server's {@code Retry-After} asks for more.
         *
         * @param delay 30 seconds by default
         * @throws ConfigurationException if it is not positive
         */
        public Builder maxRetryDelay(Duration delay) {
            maxRetryDelay = positive("maxRetryDelay", delay);
            return this;
        }

        /**
         * How long an answer may be, after decompression. A longer one is not read on and counts as malformed.
         *
         * @param bytes 64 MiB by default
         * @throws ConfigurationException if it is less than 1,024
         */
        public Builder maxResponseBytes(long bytes) {
            maxResponseBytes = within("maxResponseBytes", bytes, 1024, Long.MAX_VALUE);
            return this;
        }

        /**
         * How long a model card may be, as UTF-8. A longer one is left out.
         *
         * @param bytes 1 MiB by default
         * @throws ConfigurationException if it is not between 1 and 16 MiB
         */
        public Builder maxCardBytes(int bytes) {
            maxCardBytes = (int) within("maxCardBytes", bytes, 1, 16 << 20);
            return this;
        }

        /**
         * How many pages a list may have. One with more is given up, so that a server that never ends is harmless.
         *
         * @param pages 10,000 by default
         * @throws ConfigurationException if it is less than 1
         */
        public Builder maxPages(int pages) {
            maxPages = (int) within("maxPages", pages, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Trusts more certificate authorities than the JVM does. May be called several times.
         *
         * @param pem their certificates, in PEM; text around them is ignored
         * @throws ConfigurationException if there is no certificate in it, or one that cannot be read
         */
        public Builder caCertificates(String pem) {
            trust = trust.and(requireNonNull(pem, "pem"));
            return this;
        }

        /**
         * Trusts every certificate and every host name, so that anybody on the way can read the token and forge answers.
         * For experiments only.
         */
        public Builder insecureTrustEverything() {
            trust = Trust.everything();
            return this;
        }

        /** Makes the settings. */
        public HttpSettings build() {
            return new HttpSettings(this);
        }

        private static Duration positive(String setting, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new ConfigurationException(setting + " was " + value + ", must be positive");
            }
            return value;
        }

        private static long within(String setting, long value, long min, long max) {
            if (value < min || value > max) {
                throw new ConfigurationException(setting + " was " + value + ", must be "
                        + (max >= Integer.MAX_VALUE ? "at least " + min : "between " + min + " and " + max));
            }
            return value;
        }
    }
}
