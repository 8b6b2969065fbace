package io.modelconnector.kserve.backstage;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** An authenticator with a Backstage whose catalog has one key. */
abstract class AuthenticatorFixture {
    final MovingTime time = new MovingTime();
    final SigningKey key = SigningKey.create();
    final FakeBackstage backstage = new FakeBackstage();
    final BackstageTokenAuthenticator authenticator =
            settings().time(time, time::nanos).build();

    AuthenticatorFixture() {
        backstage.publish("catalog", key);
    }

    @AfterEach
    void close() {
        authenticator.close();
        backstage.close();
    }

    BackstageTokenAuthenticator.Builder settings() {
        return BackstageTokenAuthenticator.builder(backstage.url());
    }

    TestToken token() {
        return TestToken.by(key, time);
    }

    static FeedRequest request(String token) {
        Map<String, String> headers = Map.of("authorization", "Bearer " + token);
        return new FeedRequest("GET", "/list", null, name -> headers.get(name.toLowerCase(Locale.ROOT)));
    }

    AuthenticationResult ask(String token) {
        return authenticator.authenticate(request(token), TestToken.AUDIENCE);
    }

    Refused refused(String token) {
        if (ask(token) instanceof Refused refused) {
            return refused;
        }
        throw new AssertionError("a token was accepted");
    }
}
