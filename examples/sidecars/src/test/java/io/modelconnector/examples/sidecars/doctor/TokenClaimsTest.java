package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {
    @Test
    void saysWhomATokenIsForAndWhenItEnds() {
        String token = jwt("{\"sub\": \"system:serviceaccount:ai-rhdh:connector\", \"exp\": 1763020800}");

        assertThat(TokenClaims.of(token + "\n"))
                .isEqualTo(new TokenClaims(
                        "system:serviceaccount:ai-rhdh:connector", Instant.parse("2025-11-13T08:00:00Z")));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "sha256~opaque",
                "a.b.c",
                "a.*.c",
                "a.eyJzdWIiOjF9.c",
                "a.eyJleHAiOjkyMjMzNzIwMzY4NTQ3NzU4MDd9.c",
                "a.e30.c"
            })
    void saysNothingOfOtherTokens(String token) {
        assertThat(TokenClaims.of(token)).isEqualTo(TokenClaims.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "system:serviceaccount:ai-rhdh:connector, --serviceaccount=ai-rhdh:connector",
        "jane@example.com, --user=jane@example.com",
        "jane; rm -rf, --serviceaccount=NAMESPACE:SERVICEACCOUNT",
        ", --serviceaccount=NAMESPACE:SERVICEACCOUNT",
    })
    void namesTheAccountForACommandThatIsSafeToPaste(String name, String flag) {
        assertThat(new Account(name).flag()).isEqualTo(flag);
    }

    static String jwt(String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\": \"RS256\"}".getBytes(StandardCharsets.UTF_8)) + '.'
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2lnbmF0dXJl";
    }
}
