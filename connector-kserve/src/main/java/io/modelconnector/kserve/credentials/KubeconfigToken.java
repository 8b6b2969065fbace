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

/**
 * The token of a kubeconfig, asked for anew every few minutes: it may be in a file, from a plugin that is run, or from
 * an identity provider. The shortest-lived tokens of such plugins last fifteen minutes. Thread-safe.
 */
final class KubeconfigToken implements Supplier<String> {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final KubeConfig config;
    private final Path file;
    private final LongSupplier nanoTime;
    private String token;
    private long obtained;

    private KubeconfigToken(KubeConfig config, Path file, LongSupplier nanoTime, String first) {
        this.config = config;
        this.file = file;
        this.nanoTime = nanoTime;
        this.token = first;
        this.obtained = nanoTime.getAsLong();
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
        if (now - obtained > MAX_AGE.toNanos()) {
            String next = token(file, config.getCredentials());
            if (next == null) {
                throw new SourceUnavailableException(problem(file));
            }
            token = next;
            obtained = now;
        }
        return token;
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
