package io.modelconnector.kserve.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are good. */
class BackstageTokenAuthenticatorTest extends AuthenticatorFixture {
    /** The order of the curve P-256. */
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    @Test
    void letsAPluginAsk() {
        assertThat(ask(token().sign())).isEqualTo(new Allowed("catalog"));
        assertThat(backstage.requests()).containsExactly("GET /api/catalog/.backstage/auth/v1/jwks.json");
    }

    @Test
    void readsTheKeysOfThePluginThatSigned() {
        SigningKey docs = SigningKey.create();
        backstage.publish("techdocs", docs);

        assertThat(ask(TestToken.by(docs, time).claim("sub", "techdocs").sign()))
                .isEqualTo(new Allowed("techdocs"));
        assertThat(refused(token().claim("sub", "techdocs").sign()).status()).isEqualTo(401);
        assertThat(backstage.requests()).containsOnly("GET /api/techdocs/.backstage/auth/v1/jwks.json");
    }

    @Test
    void aTokenMayBeForSeveralAudiences() {
        String token =
                token().claim("aud", List.of("other", TestToken.AUDIENCE)).sign();

        assertThat(ask(token)).isInstanceOf(Allowed.class);
    }

    @Test
    void oneServerMayHaveSeveralPluginIds() {
        String token = token().sign();
        assertThat(ask(token)).isInstanceOf(Allowed.class);

        Refused foreign = (Refused) authenticator.authenticate(request(token), "rhoai-connector");

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.message()).contains("another audience").contains("rhoai-connector");
    }

    @Test
    void aForeignAudienceIsForbidden() {
        assertThat(refused(token().claim("aud", "other").sign()).status()).isEqualTo(403);
        assertThat(refused(token().claim("aud", List.of()).sign()).status()).isEqualTo(403);
        assertThat(refused(token().claim("aud", null).sign()).status()).isEqualTo(403);
    }

    @Test
    void asksForATokenWhereThereIsNone() {
        FeedRequest none = new FeedRequest("GET", "/list", null, name -> null);

        Refused refused = (Refused) authenticator.authenticate(none, TestToken.AUDIENCE);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(authenticator.answersAtOnce(none)).isTrue();
        assertThat(refused("").status()).isEqualTo(401);
    }

    @Test
    void refusesAnExpiredToken() {
        String token = token().sign();
        assertThat(ask(token)).isInstanceOf(Allowed.class);

        time.move(Duration.ofSeconds(3600 + 59));
        assertThat(ask(token)).isInstanceOf(Allowed.class);

        time.move(Duration.ofSeconds(1));
        expect(refused(token), "has expired");
        expect(refused(token().claim("exp", time.seconds() - 61).sign()), "has expired");
    }

    @Test
    void refusesATokenFromTheFuture() {
        long now = time.seconds();

        assertThat(ask(token().claim("iat", now + 60).sign())).isInstanceOf(Allowed.class);
        expect(refused(token().claim("iat", now + 61).sign()), "future");
        expect(refused(token().claim("nbf", now + 61).sign()), "future");
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_700_000_000_000L, Long.MAX_VALUE / 2})
    void refusesATokenThatLivesForTooLong(long seconds) {
        expect(refused(token().claim("exp", time.seconds() + seconds).sign()), "lives for too long");
    }

    @Test
    void refusesAKeyThatIsNotThePlugins() {
        SigningKey wrong = SigningKey.create();

        expect(refused(TestToken.by(wrong.named(key.id()), time).sign()), "signature is wrong");
        expect(refused(TestToken.by(wrong, time).sign()), "no key of the id");
    }

    @Test
    void refusesAForgedSignature() {
        expect(refused(token().sign(signature -> new byte[64])), "signature is wrong");
        expect(refused(token().sign(signature -> Arrays.copyOf(signature, 63))), "signature is wrong");
        expect(refused(token().sign(signature -> Arrays.copyOf(signature, 65))), "signature is wrong");
        expect(refused(token().sign(BackstageTokenAuthenticatorTest::outOfRange)), "signature is wrong");
        expect(
                refused(token().sign(signature -> {
                    signature[40] ^= 1;
                    return signature;
                })),
                "signature is wrong");
    }

    @Test
    void refusesChangedClaims() {
        String good = token().claim("sub", "catalog").sign();
        String other = token().claim("exp", time.seconds() + 7200).signed();

        expect(refused(other + good.substring(good.lastIndexOf('.'))), "signature is wrong");
    }

    @Test
    void refusesOtherAlgorithms() throws GeneralSecurityException {
        String none = token().header("alg", "none").signed() + '.';
        String hmac = token().header("alg", "HS256").signed();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.pair().getPublic().getEncoded(), "HmacSHA256"));
        byte[] forged = mac.doFinal(hmac.getBytes(StandardCharsets.US_ASCII));

        assertThat(refused(none).status()).isEqualTo(401);
        expect(refused(none + "AAAA"), "algorithm");
        expect(refused(hmac + '.' + TestToken.encode(forged)), "algorithm");
        expect(refused(token().header("alg", "es256").sign()), "algorithm");
        expect(refused(token().header("alg", List.of("ES256")).sign()), "algorithm");
        assertThat(backstage.requests()).isEmpty();
    }

    @Test
    void refusesTokensOfAnotherKind() {
        expect(refused(token().header("typ", "vnd.backstage.user").sign()), "type");
        expect(refused(token().header("typ", null).sign()), "type");
        expect(refused(token().header("crit", List.of("b64")).sign()), "extensions");
    }

    @Test
    void refusesATokenThatNamesNoKey() {
        expect(refused(token().header("kid", null).sign()), "with which key");
        expect(refused(token().header("kid", "").sign()), "with which key");
        expect(refused(token().header("kid", 7).sign()), "with which key");
        expect(refused(token().header("kid", "k".repeat(300)).sign()), "with which key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes",
                "../catalog",
                "catalog/../techdocs",
                "catalog%2f",
                "Catalog",
                "",
                "catalog\nsecond line",
                "http://127.0.0.1:1/"
            })
    void asksNobodyForASubjectThatIsNotOnTheList(String subject) {
        Refused refused = refused(token().claim("sub", subject).sign());

        expect(refused, "not a plugin that may ask");
        assertThat(refused.detail()).contains("catalog").doesNotContain("\n");
        assertThat(backstage.requests()).isEmpty();
    }

    @Test
    void tellsWhichPluginIsNotOnTheList() {
        assertThat(refused(token().claim("sub", "kubernetes").sign()).detail()).contains("subject kubernetes");
        assertThat(refused(token().claim("sub", null).sign()).detail()).contains("no plugin can have");
    }

    @Test
    void neverAsksAnAddressThatATokenNamesNorUsesAKeyThatItBrings() {
        SigningKey attackers = SigningKey.create();
        try (FakeBackstage elsewhere = new FakeBackstage()) {
            elsewhere.publish("catalog", attackers);
            String url = elsewhere
                    .url()
                    .resolve("/api/catalog/.backstage/auth/v1/jwks.json")
                    .toString();
            String token = TestToken.by(attackers, time)
                    .header("jku", url)
                    .header("x5u", url)
                    .header("jwk", attackers.jwk())
                    .header("x5c", List.of("MIIB"))
                    .claim("iss", elsewhere.url().toString())
                    .sign();

            expect(refused(token), "no key of the id");

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void refusesAHugeTokenUnread() {
        expect(refused(token().claim("padding", "p".repeat(9000)).sign()), "longer than 8192");
        assertThat(backstage.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opaque",
                "..",
                "a.b",
                "a.b.c.d",
                "e30.e30.",
                ".e30.AAAA",
                "e30=.e30.AAAA",
                "e30 .e30.AAAA",
                "e31.e30.AAAA",
                "e30.e30.AAAA",
                "W10.e30.AAAA"
            })
    void refusesWhatIsNoToken(String text) {
        assertThat(refused(text).status()).isEqualTo(401);
        assertThat(backstage.requests()).isEmpty();
    }

    @Test
    void refusesClaimsThatCannotBe() {
        expect(refused(token().claim("exp", null).sign()), "when it expires");
        expect(refused(token().claim("exp", "soon").sign()), "claims cannot be read");
        expect(refused(token().claim("exp", BigInteger.TEN.pow(40)).sign()), "claims cannot be read");
        expect(refused(token().claim("sub", List.of("catalog")).sign()), "claims cannot be read");
        expect(refused(token().claim("aud", 7).sign()), "claims cannot be read");
    }

    @Test
    void noChangedTokenIsAcceptedAndNoneIsShown() {
        String good = token().sign();
        Random random = new Random(20260302);
        String alphabet = "ABCxyz019-_.= \u00e9";

        for (int i = 0; i < 2000; i++) {
            StringBuilder changed = new StringBuilder(good);
            for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
                int at = random.nextInt(changed.length());
                switch (random.nextInt(3)) {
                    case 0 -> changed.deleteCharAt(at);
                    case 1 -> changed.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> changed.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            String token = changed.toString().strip();
            if (!token.equals(good)) {
                Refused refused = refused(token);
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.toString())
                        .doesNotContain(good.substring(good.lastIndexOf('.') + 5, good.length() - 5));
            }
        }
    }

    @Test
    void worksBelowAPathAndWithAPrivateCa() {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        OkHttpClient client = new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                .build();
        try (FakeBackstage secure = new FakeBackstage(server);
                BackstageTokenAuthenticator trusting = BackstageTokenAuthenticator.builder(secure.url())
                        .httpClient(client)
                        .time(time, time::nanos)
                        .build();
                BackstageTokenAuthenticator doubting = BackstageTokenAuthenticator.builder(secure.url())
                        .time(time, time::nanos)
                        .build()) {
            secure.publish("catalog", key);
            FeedRequest request = request(token().sign());

            assertThat(trusting.authenticate(request, TestToken.AUDIENCE)).isInstanceOf(Allowed.class);
            assertThat(((Refused) doubting.authenticate(request, TestToken.AUDIENCE)).status())
                    .isEqualTo(503);
        }
        try (BackstageTokenAuthenticator below = BackstageTokenAuthenticator.builder(
                        backstage.url().resolve("/portal/"))
                .time(time, time::nanos)
                .build()) {
            assertThat(below.authenticate(request(token().sign()), TestToken.AUDIENCE))
                    .isInstanceOf(Refused.class);
            assertThat(backstage.requests()).containsExactly("GET /portal/api/catalog/.backstage/auth/v1/jwks.json");
        }
        client.connectionPool().evictAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://backstage", "backstage:7007", "https://user:pass@backstage", "https://backstage/?a=b"})
    void saysWhatIsWrongWithAnAddress(String address) {
        assertThatThrownBy(() ->
                        BackstageTokenAuthenticator.builder(URI.create(address)).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the address of the Backstage")
                .hasMessageNotContaining("pass");
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        for (Set<String> wrong : List.of(Set.<String>of(), Set.of("../catalog"), Set.of("Catalog"), Set.of(""))) {
            assertThatThrownBy(() -> settings().subjects(wrong))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("plugin ids");
        }
        assertThatThrownBy(() -> settings().clockSkew(Duration.ofHours(1))).hasMessageContaining("clockSkew");
        assertThatThrownBy(() -> settings().keyTimeout(Duration.ZERO)).hasMessageContaining("keyTimeout");
    }

    private static void expect(Refused refused, String check) {
        assertThat(refused.check()).contains(check);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers()).isEqualTo(Map.of("WWW-Authenticate", "Bearer"));
    }

    /** A signature whose first number is one more than any can be. */
    private static byte[] outOfRange(byte[] signature) {
        byte[] changed = signature.clone();
        byte[] order = ORDER.toByteArray();
        System.arraycopy(order, order.length - 32, changed, 0, 32);
        return changed;
    }
}
