package io.modelconnector.kserve.backstage;

import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * What a token says, whoever made it up. Of its header only three things are looked at: the type and the algorithm, which
 * have to be the ones that Backstage uses, and the id of the key. Keys and addresses that a header brings along are nothing to
 * us. Immutable.
 *
 * @param keyId the id of the key that it claims to be signed with
 * @param subject the plugin that it claims to be from, one of those that are allowed
 * @param audience for whom it is
 * @param expires when it ends, in seconds since 1970
 * @param begins when it was issued or may be used first, whichever is later; 0 if it does not say
 */
record BackstageToken(String keyId, String subject, List<String> audience, long expires, long begins) {
    private static final String TYPE = "vnd.backstage.plugin";
    private static final String ALGORITHM = "ES256";
    private static final String NO_JWT = "the token is no signed JWT";
    private static final int LONGEST_KEY_ID = 256;
    private static final int LONGEST_SUBJECT_TOLD = 64;

    BackstageToken {
        audience = List.copyOf(audience);
    }

    /**
     * Reads a token without believing it.
     *
     * @param token the token
     * @param subjects the subjects that are allowed
     */
    static BackstageToken read(String token, Set<String> subjects) throws BadTokenException {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first <= 0 || token.indexOf('.', first + 1) != last || last == first || last == token.length() - 1) {
            throw BadTokenException.failing(NO_JWT);
        }
        String keyId = keyId(header(decode(token.substring(0, first))));
        return claims(decode(token.substring(first + 1, last)), keyId, subjects);
    }

    /** The SHA-256 of what is signed of a token that was read. */
    static byte[] signedDigest(String token) {
        return sha256(token.substring(0, token.lastIndexOf('.')));
    }

    /** The signature of a token that was read. */
    static byte[] signature(String token) throws BadTokenException {
        return decode(token.substring(token.lastIndexOf('.') + 1));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String keyId(Map<String, Object> header) throws BadTokenException {
        if (!ALGORITHM.equals(header.get("alg"))) {
            throw BadTokenException.failing("the token's algorithm is not " + ALGORITHM);
        }
        if (!TYPE.equals(header.get("typ"))) {
            throw BadTokenException.failing("the token's type is not " + TYPE);
        }
        if (header.containsKey("crit")) {
            throw BadTokenException.failing("the token asks for extensions that are not known here");
        }
        if (!(header.get("kid") instanceof String id) || id.isEmpty() || id.length() > LONGEST_KEY_ID) {
            throw BadTokenException.failing("the token does not say with which key it is signed");
        }
        return id;
    }

    private static BackstageToken claims(byte[] json, String keyId, Set<String> subjects) throws BadTokenException {
        try {
            JwtClaims claims = JwtClaims.parse(new String(json, StandardCharsets.UTF_8));
            String subject = claims.getSubject();
            if (subject == null || !subjects.contains(subject)) {
                throw new BadTokenException(foreign(subject, subjects));
            }
            NumericDate expires = claims.getExpirationTime();
            if (expires == null) {
                throw BadTokenException.failing("the token does not say when it expires");
            }
            long begins = Math.max(seconds(claims.getIssuedAt()), seconds(claims.getNotBefore()));
            return new BackstageToken(keyId, subject, claims.getAudience(), expires.getValue(), begins);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            throw BadTokenException.failing("the token's claims cannot be read");
        }
    }

    private static Refused foreign(@Nullable String subject, Set<String> subjects) {
        Refused refused = Refused.badToken("the token's subject is not a plugin that may ask");
        boolean tellable = subject != null
                && subject.length() <= LONGEST_SUBJECT_TOLD
                && BackstageTokenAuthenticator.PLUGIN_ID.matcher(subject).matches();
        return refused.because(
                (tellable ? "subject " + subject : "subject that no plugin can have") + ", allowed are " + subjects);
    }

    private static long seconds(@Nullable NumericDate date) {
        return date == null ? 0 : date.getValue();
    }

    private static Map<String, Object> header(byte[] json) throws BadTokenException {
        try {
            return JsonUtil.parseJson(new String(json, StandardCharsets.UTF_8));
        } catch (JoseException | RuntimeException e) {
            throw BadTokenException.failing("the token's header cannot be read");
        }
    }

    /** Strict where decoders are not: padding and left-over bits are refused, so that a token has one way to be written. */
    private static byte[] decode(String part) throws BadTokenException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw BadTokenException.failing(NO_JWT);
    }
}
