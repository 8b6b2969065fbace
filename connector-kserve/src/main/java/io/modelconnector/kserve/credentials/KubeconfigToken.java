package io.modelconnector.kserve.credentials;

import io.kubernetes.client.util.KubeConfig;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of a kubeconfig, asked for anew every few minutes: it may be in a file, from a plugin that is run, or from
 * an identity provider. The shortest-lived tokens of such plugins last fifteen minutes; so long a token stays in use if
 * there is no newer one. Thread-safe.
 */
final class KubeconfigToken implements Supplier<String> {
    private static final Logger LOG = LoggerFactory.getLogger(KubeconfigToken.class);
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Duration LONGEST_USE = Duration.ofMinutes(15);
    /** A plugin may take seconds to fail, and would be run for each request. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final KubeConfig config;
    private final Path file;
    private final LongSupplier nanoTime;
    private String token;
    private long obtained;
    private long tried;
    private boolean failing;

    private KubeconfigToken(KubeConfig config, Path file, LongSupplier nanoTime, String first) {
        this.config = config;
        this.file = file;
        this.nanoTime = nanoTime;
        this.token = first;
        this.obtained = nanoTime.getAsLong();
        this.tried = obtained;
    }

    /**
     * Creates the supplier.
     *
     * @param config the kubeconfig
     * @param file where it is, for messages
     * @param nanoTime a clock
     * @param credentials what it gave just now
     * @throws ConfigurationException if that has no token
     */
    static KubeconfigToken of(KubeConfig config, Path file, LongSupplier nanoTime, Map<String, String> credentials) {
        String first = token(file, credentials);
        if (first == null) {
            throw new ConfigurationException(problem(file));
        }
        return new KubeconfigToken(config, file, nanoTime, first);
    }

    @Override
    public synchronized String get() {
        long now = nanoTime.getAsLong();
        boolean usable = now - obtained <= LONGEST_USE.toNanos();
        Duration pause = failing ? RETRY : MAX_AGE;
        if (usable && now - tried <= pause.toNanos()) {
            return token;
        }
        try {
            renewed(renewal(), now);
        } catch (SourceUnavailableException e) {
            if (!usable) {
                throw e;
            }
            failed(e, nanoTime.getAsLong());
        }
        return token;
    }

    private void renewed(String next, long now) {
        if (failing) {
            LOG.info("Kubeconfig {} gives tokens again", file);
        }
        token = next;
        obtained = now;
        tried = now;
        failing = false;
    }

    private void failed(SourceUnavailableException e, long now) {
        if (failing) {
            LOG.debug("{}", e.getMessage());
        } else {
            LOG.warn("{}; until then the last token is used, for {} at most", e.getMessage(), LONGEST_USE);
        }
        tried = now;
        failing = true;
    }

    private String renewal() {
        String next;
        try {
            next = token(file, config.getCredentials());
        } catch (ConfigurationException e) {
            throw new SourceUnavailableException("renewing a token failed: " + e.getMessage());
        } catch (RuntimeException e) {
            // What the plugin wrote may be in the message or a cause, and may be a secret.
            throw new SourceUnavailableException(
                    problem(file) + " (" + e.getClass().getSimpleName() + ")");
        }
        if (next == null) {
            throw new SourceUnavailableException(problem(file));
        }
        return next;
    }

    private static @Nullable String token(Path file, @Nullable Map<String, String> credentials) {
        String answer = credentials == null ? null : credentials.get(KubeConfig.CRED_TOKEN_KEY);
        return answer == null || answer.isBlank()
                ? null
                : EnvironmentValues.checkedToken("the token of kubeconfig " + file, answer.strip());
    }

    private static String problem(Path file) {
        return "kubeconfig " + file + " gave no token; check the token, token file or plugin of its current user";
    }
}
