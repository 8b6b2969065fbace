package io.modelconnector.examples.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** A Backstage's catalog as far as tokens go: signs them, and publishes its key on a port of the loopback interface. */
final class SignedTokens implements AutoCloseable {
    static final String AUDIENCE = "kserve-kubeflow-connector";

    private static final String KEY_ID = "0d9f1c1e-5d1f-4a53-9c53-3d1a5b1f4c11";
    private static final int NUMBER_BYTES = 32;

    private final HttpServer server;
    private final KeyPair key;

    SignedTokens() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/catalog/.backstage/auth/v1/jwks.json", exchange -> {
            byte[] document = keys().getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
            exchange.close();
        });
        server.start();
    }

    URI backstage() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A token of about 320 characters, as the catalog makes one for each refresh. */
    String token(int number) {
        long now = Instant.now().getEpochSecond();
        String header = "{\"typ\":\"vnd.backstage.plugin\",\"alg\":\"ES256\",\"kid\":\"" + KEY_ID + "\"}";
        String claims = "{\"sub\":\"catalog\",\"aud\":\"" + AUDIENCE + "\",\"iat\":" + (now - number % 60) + ",\"exp\":"
                + (now + 36_000) + ",\"jti\":\"" + number + "\"}";
        String signed = encode(header.getBytes(StandardCharsets.US_ASCII))
                + '.'
                + encode(claims.getBytes(StandardCharsets.US_ASCII));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ES256", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String keys() {
        ECPublicKey point = (ECPublicKey) key.getPublic();
        return "{\"keys\":[{\"kty\":\"EC\",\"x\":\"" + number(point.getW().getAffineX()) + "\",\"y\":\""
                + number(point.getW().getAffineY()) + "\",\"crv\":\"P-256\",\"kid\":\"" + KEY_ID
                + "\",\"alg\":\"ES256\"}]}";
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.setBit(NUMBER_BYTES * Byte.SIZE).toByteArray();
        return encode(Arrays.copyOfRange(bytes, bytes.length - NUMBER_BYTES, bytes.length));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
