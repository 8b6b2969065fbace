package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a token of a ServiceAccount says about itself, for advice only: nobody has checked its signature.
 *
 * @param subject whom it is for; null if it does not say
 * @param expiry when it ends; null if it does not say
 */
record TokenClaims(@Nullable String subject, @Nullable Instant expiry) {
    static final TokenClaims NONE = new TokenClaims(null, null);

    /** Reads a token; one of another kind says nothing. */
    static TokenClaims of(@Nullable String token) {
        String[] parts = token == null ? new String[0] : token.strip().split("\\.", -1);
        if (parts.length != 3) {
            return NONE;
        }
        try {
            JsonNode claims = Reply.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            JsonNode subject = claims.path("sub");
            JsonNode expiry = claims.path("exp");
            return new TokenClaims(
                    subject.isTextual() ? subject.textValue() : null,
                    expiry.isIntegralNumber() ? Instant.ofEpochSecond(expiry.longValue()) : null);
        } catch (IllegalArgumentException | IOException | java.time.DateTimeException e) {
            // Some other kind of token that has two dots.
            return NONE;
        }
    }
}
