package io.modelconnector.kserve.backstage;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A key that a plugin of a Backstage signs with, made and used by the JDK.
 *
 * @param id the id of the key
 * @param pair the key
 */
record SigningKey(String id, KeyPair pair) {
    static SigningKey create() {
        return create("secp256r1");
    }

    static SigningKey create(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new SigningKey(UUID.randomUUID().toString(), generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    SigningKey named(String other) {
        return new SigningKey(other, pair);
    }

    byte[] sign(byte[] signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The public part as Backstage publishes it. */
    Map<String, Object> jwk() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "EC");
        jwk.put("x", number(key.getW().getAffineX()));
        jwk.put("y", number(key.getW().getAffineY()));
        jwk.put("crv", "P-256");
        jwk.put("kid", id);
        jwk.put("alg", "ES256");
        return jwk;
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(padded, 32));
    }
}
