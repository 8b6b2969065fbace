package io.modelconnector.kserve.backstage;

import io.modelconnector.core.MalformedResponseException;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a plugin signs with, by their ids. Immutable.
 *
 * @param byId the keys
 */
record KeySet(Map<String, PluginKey> byId) {
    static final KeySet EMPTY = new KeySet(Map.of());

    /** Backstage keeps a key for some hours and makes a new one each hour. */
    static final int MOST_KEYS = 100;

    private static final int LONGEST_ID = 256;

    KeySet {
        byId = Map.copyOf(byId);
    }

    @Nullable
    PluginKey get(String id) {
        return byId.get(id);
    }

    /**
     * Reads a JSON Web Key Set. What is no key for ES256 is left out.
     *
     * @param json the document
     * @param previous what was there before; a key that is still there stays the same object
     * @throws MalformedResponseException if it is no key set
     */
    static KeySet read(String json, KeySet previous) {
        Object keys = document(json).get("keys");
        if (!(keys instanceof List<?> list)) {
            throw new MalformedResponseException("it has no list \"keys\"");
        }
        if (list.size() > MOST_KEYS) {
            throw new MalformedResponseException("it has " + list.size() + " keys, more than " + MOST_KEYS);
        }
        Map<String, PluginKey> byId = new HashMap<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> fields
                    && fields.get("kid") instanceof String id
                    && !id.isEmpty()
                    && id.length() <= LONGEST_ID) {
                PluginKey key = key(fields);
                if (key != null) {
                    PluginKey known = previous.get(id);
                    byId.putIfAbsent(id, known != null && known.isSameAs(key) ? known : key);
                }
            }
        }
        return new KeySet(byId);
    }

    private static Map<String, Object> document(String json) {
        try {
            return JsonUtil.parseJson(json);
        } catch (JoseException | RuntimeException e) {
            // The parser's own message repeats what it could not read.
            throw new MalformedResponseException("it is not a JSON object");
        }
    }

    private static @Nullable PluginKey key(Map<?, ?> fields) {
        if (!"EC".equals(fields.get("kty"))
                || !"P-256".equals(fields.get("crv"))
                || !isOr(fields.get("alg"), "ES256")
                || !isOr(fields.get("use"), "sig")) {
            return null;
        }
        Map<String, Object> parameters = new HashMap<>();
        for (String name : List.of("kty", "crv", "x", "y")) {
            parameters.put(name, fields.get(name));
        }
        try {
            PublicJsonWebKey key = (PublicJsonWebKey) JsonWebKey.Factory.newJwk(parameters);
            ECPublicKey point = (ECPublicKey) key.getPublicKey();
            return PluginKey.at(point.getW().getAffineX(), point.getW().getAffineY());
        } catch (JoseException | RuntimeException e) {
            return null;
        }
    }

    private static boolean isOr(@Nullable Object value, String expected) {
        return value == null || value.equals(expected);
    }
}
