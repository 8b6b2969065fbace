package io.modelconnector.kserve.backstage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A token as the catalog of a Backstage makes it, unless told otherwise. */
final class TestToken {
    static final String AUDIENCE = "kserve-kubeflow-connector";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SigningKey key;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();

    private TestToken(SigningKey key, long now) {
        this.key = key;
        header.put("typ", "vnd.backstage.plugin");
        header.put("alg", "ES256");
        header.put("kid", key.id());
        claims.put("sub", "catalog");
        claims.put("aud", AUDIENCE);
        claims.put("iat", now);
        claims.put("exp", now + 3600);
    }

    static TestToken by(SigningKey key, MovingTime time) {
        return new TestToken(key, time.seconds());
    }

    /** Sets something in the header; null leaves it out. */
    TestToken header(String name, @Nullable Object value) {
        return set(header, name, value);
    }

    /** Sets a claim; null leaves it out. */
    TestToken claim(String name, @Nullable Object value) {
        return set(claims, name, value);
    }

    String sign() {
        return sign(signature -> signature);
    }

    String sign(UnaryOperator<byte[]> change) {
        String signed = signed();
        return signed + '.' + encode(change.apply(key.sign(signed.getBytes(StandardCharsets.US_ASCII))));
    }

    /** What is signed. */
    String signed() {
        return encode(json(header)) + '.' + encode(json(claims));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private TestToken set(Map<String, Object> map, String name, @Nullable Object value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
        return this;
    }
}
