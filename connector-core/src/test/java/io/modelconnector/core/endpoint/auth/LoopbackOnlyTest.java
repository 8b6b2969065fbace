package io.modelconnector.core.endpoint.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {
    private final RequestAuthenticator authenticator = RequestAuthenticator.loopbackOnly("set CONNECTOR_TOKEN");

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost",
        "127.0.0.1, LOCALHOST:9090",
        "127.0.0.5, 127.0.0.1:9090",
        "::1, [::1]:9090",
        "::1, [0:0:0:0:0:0:0:1]",
        "::ffff:127.0.0.1, localhost:9090"
    })
    void letsTheSameMachineAsk(String address, String host) {
        FeedRequest request = Asked.from(address, "Host", host);

        assertThat(authenticator.authenticate(request, "models")).isInstanceOf(Allowed.class);
        assertThat(authenticator.answersAtOnce(request)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.128.2.7", "192.168.0.1", "0.0.0.0", "fe80::1", "2001:db8::1"})
    void refusesOtherMachinesAndSaysWhatToSet(String address) {
        Refused refused = refused(Asked.from(address, "Host", "localhost:9090"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("same machine").contains("set CONNECTOR_TOKEN");
    }

    @Test
    void refusesWhoeverIsNotKnownToBeHere() {
        assertThat(refused(Asked.with("Host", "localhost")).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For", "forwarded", "X-Forwarded-Host", "x-forwarded-proto", "X-Real-IP", "Via"})
    void refusesWhatAProxyOnTheSameMachineHandsOn(String header) {
        Refused refused = refused(Asked.from("127.0.0.1", "Host", "localhost", header, "127.0.0.1"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("a proxy has handed the request on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "models.example.com",
                "models.example.com:9090",
                "localhost.example.com",
                "localhost:9090@example.com",
                "127.0.0.1.example.com",
                "1270.0.0.1",
                "[::2]",
                "10.0.0.1:9090",
                "localhost, example.com"
            })
    void refusesNamesThatOnlyLeadHere(String host) {
        assertThat(refused(Asked.from("127.0.0.1", "Host", host)).check()).contains("host");
    }

    @Test
    void refusesARequestThatDoesNotSayWhichHostItWants() {
        assertThat(refused(Asked.from("127.0.0.1")).status()).isEqualTo(403);
    }

    private Refused refused(FeedRequest request) {
        return (Refused) authenticator.authenticate(request, "models");
    }
}
