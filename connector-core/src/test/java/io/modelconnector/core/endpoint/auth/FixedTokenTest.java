package io.modelconnector.core.endpoint.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedTokenTest {
    private static final String TOKEN = "7a1c0f8e-connector";

    private final RequestAuthenticator authenticator = RequestAuthenticator.fixedToken(() -> TOKEN + "\n");

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + TOKEN, "bearer  " + TOKEN + " "})
    void letsWhoeverHasTheTokenAsk(String authorization) {
        assertThat(ask(authenticator, authorization)).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer " + TOKEN + "x", "Bearer 7a1c0f8e", "Bearer", "Basic " + TOKEN, TOKEN})
    void refusesEverythingElseAndShowsNoTokens(String authorization) {
        Refused refused = (Refused) ask(authenticator, authorization);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(refused.toString()).doesNotContain("7a1c0f8e");
    }

    @Test
    void refusesARequestWithoutCredentials() {
        assertThat(((Refused) authenticator.authenticate(Asked.with(), "models")).status())
                .isEqualTo(401);
    }

    @Test
    void aTokenThatWasChangedIsTheOneThatCounts() {
        AtomicReference<String> current = new AtomicReference<>("first");
        RequestAuthenticator rotating = RequestAuthenticator.fixedToken(current::get);
        assertThat(ask(rotating, "Bearer first")).isInstanceOf(Allowed.class);

        current.set("second");

        assertThat(ask(rotating, "Bearer first")).isInstanceOf(Refused.class);
        assertThat(ask(rotating, "Bearer second")).isInstanceOf(Allowed.class);
    }

    @Test
    void nobodyMayAskWhileTheTokenCannotBeRead() {
        RequestAuthenticator unreadable = RequestAuthenticator.fixedToken(() -> {
            throw new SourceUnavailableException("reading the file token failed");
        });
        RequestAuthenticator empty = RequestAuthenticator.fixedToken(() -> " \n");
        RequestAuthenticator broken = RequestAuthenticator.fixedToken(() -> {
            throw new IllegalStateException(TOKEN);
        });

        Refused refused = (Refused) ask(unreadable, "Bearer x");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsKey("Retry-After");
        assertThat(refused.message()).contains("reading the file token failed");
        assertThat(((Refused) ask(empty, "Bearer x")).status()).isEqualTo(503);
        assertThat(ask(broken, "Bearer x").toString())
                .contains("IllegalStateException")
                .doesNotContain(TOKEN);
    }

    private static AuthenticationResult ask(RequestAuthenticator authenticator, String authorization) {
        return authenticator.authenticate(Asked.with("Authorization", authorization), "models");
    }
}
