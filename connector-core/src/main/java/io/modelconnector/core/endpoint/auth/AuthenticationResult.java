package io.modelconnector.core.endpoint.auth;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was decided about a request. Immutable. */
public sealed interface AuthenticationResult {
    /**
     * The request may be answered.
     *
     * @param subject who asks: the plugin that signed, or a name for whoever has the token
     */
    record Allowed(String subject) implements AuthenticationResult {
        /** Checks what is required. */
        public Allowed {
            requireNonNull(subject, "subject");
        }
    }

    /**
     * The request is not answered. Nothing in it may hold credentials, not even a part of them.
     *
     * @param status the status code: 401 without credentials or with bad ones, 403 with those that are good for something
     *     else, 503 while it cannot be told
     * @param check which check failed, out of a fixed few; the log tells each of them once a minute at most
     * @param detail what else the log should say; null for nothing
     * @param message why, for the client
     * @param headers headers of the answer
     */
    record Refused(int status, String check, @Nullable String detail, String message, Map<String, String> headers)
            implements AuthenticationResult {
        private static final String CHALLENGE = "WWW-Authenticate";

        /** Checks the status and copies the headers. */
        public Refused {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status was " + status + ", must be that of an error");
            }
            requireNonNull(check, "check");
            requireNonNull(message, "message");
            headers = Map.copyOf(headers);
        }

        /**
         * There are no credentials: 401.
         *
         * @param message what is needed, for the client
         */
        public static Refused withoutToken(String message) {
            return new Refused(401, "there is no token", null, message, Map.of(CHALLENGE, "Bearer"));
        }

        /**
         * The token is no good: 401.
         *
         * @param check which check failed, for the log and for the client
         */
        public static Refused badToken(String check) {
            return new Refused(401, check, null, check, Map.of(CHALLENGE, "Bearer"));
        }

        /**
         * Other credentials than these, or another place to ask from, are needed: 403.
         *
         * @param check which check failed
         * @param message why, for the client
         */
        public static Refused forbidden(String check, String message) {
            return new Refused(403, check, null, message, Map.of());
        }

        /**
         * It cannot be told at the moment who asks: 503.
         *
         * @param check what does not work
         * @param message why, for the client
         * @param retryAfter when to ask again, in whole seconds
         */
        public static Refused unavailable(String check, String message, Duration retryAfter) {
            String seconds = Long.toString(Math.max(1, retryAfter.toSeconds()));
            return new Refused(503, check, null, message, Map.of("Retry-After", seconds));
        }

        /**
         * The same with more to say in the log.
         *
         * @param more what to say, never credentials; only the log sees it
         */
        public Refused because(String more) {
            return new Refused(status, check, requireNonNull(more, "more"), message, headers);
        }
    }
}
