package io.modelconnector.kserve.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.util.KubeConfig;
import io.modelconnector.core.SourceUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KubeconfigTokenTest {
    private final AtomicLong now = new AtomicLong();
    private final Plugin plugin = new Plugin();
    private final KubeconfigToken token =
            KubeconfigToken.of(plugin, Path.of("config"), now::get, Map.of(KubeConfig.CRED_TOKEN_KEY, "first"));

    @Test
    void asksAgainWhenATokenIsMinutesOld() {
        plugin.token = "second";
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(token.get()).isEqualTo("first");
        assertThat(plugin.calls).isZero();
        now.addAndGet(1);
        assertThat(token.get()).isEqualTo("second");
        assertThat(token.get()).isEqualTo("second");
        assertThat(plugin.calls).isEqualTo(1);
    }

    @Test
    void saysThatAPluginGaveNoToken() {
        now.addAndGet(Duration.ofMinutes(16).toNanos());
        assertThatThrownBy(token::get)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("kubeconfig config gave no token; check the token, token file or plugin of its current"
                        + " user");
        plugin.token = "back";
        assertThat(token.get()).isEqualTo("back");
    }

    @Test
    void quotesNothingOfWhatAFailingPluginSaid() {
        plugin.failure = new IllegalStateException("token s3cret", new IllegalArgumentException("s3cret"));
        now.addAndGet(Duration.ofMinutes(16).toNanos());
        assertThatThrownBy(token::get)
                .isInstanceOf(SourceUnavailableException.class)
                .hasNoCause()
                .hasMessage("kubeconfig config gave no token; check the token, token file or plugin of its current"
                        + " user (IllegalStateException)");
    }

    @Test
    void usesTheLastTokenForATimeWhileThereIsNoNewOne() {
        plugin.failure = new IllegalStateException();
        now.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(token.get()).isEqualTo("first");
        assertThat(token.get()).isEqualTo("first");
        assertThat(plugin.calls)
                .as("a plugin that fails is left alone for a while")
                .isEqualTo(1);

        now.addAndGet(Duration.ofMinutes(9).toNanos());
        assertThat(token.get()).isEqualTo("first");
        assertThat(plugin.calls).isEqualTo(2);
        now.addAndGet(1);
        assertThatThrownBy(token::get).isInstanceOf(SourceUnavailableException.class);

        plugin.failure = null;
        plugin.token = "second";
        assertThat(token.get()).isEqualTo("second");
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(token.get()).isEqualTo("second");
        assertThat(plugin.calls).isEqualTo(4);
    }

    @Test
    void usesTheLastTokenWhileTheNewOneIsNone() {
        plugin.token = "two words";
        now.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(token.get()).isEqualTo("first");
        plugin.token = "second";
        now.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(token.get()).isEqualTo("second");
    }

    /** A kubeconfig whose user has a plugin. */
    private static final class Plugin extends KubeConfig {
        private @Nullable String token;
        private @Nullable RuntimeException failure;
        private int calls;

        Plugin() {
            super(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public Map<String, String> getCredentials() {
            calls++;
            if (failure != null) {
                throw failure;
            }
            Map<String, String> credentials = new HashMap<>();
            credentials.put(CRED_TOKEN_KEY, token);
            return credentials;
        }
    }
}
