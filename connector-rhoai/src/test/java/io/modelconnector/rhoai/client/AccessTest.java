package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private ModelRegistryClient client(FakeRegistry registry, BearerToken token) {
        return open(ModelRegistryClient.builder("modelregistry-public", registry.base())
                .bearerToken(token)
                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void namesTheRoleBindingThatIsMissing(int status) {
        FakeRegistry registry = open(FakeRegistry.current());
        registry.on(
                ".*",
                () -> new MockResponse.Builder()
                        .code(status)
                        .body("Forbidden\n")
                        .build());
        ModelRegistryClient client = open(ModelRegistryClient.builder("modelregistry-public", registry.base())
                .namespace("rhoai-model-registries")
                .bearerToken(() -> "top-secret-token")
                .build());
        assertThatThrownBy(client::modelVersions)
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining("registry \"modelregistry-public\"")
                .hasMessageContaining("was answered " + status)
                .hasMessageContaining("RoleBinding is missing of Role \"registry-user-modelregistry-public\"")
                .hasMessageContaining("in namespace \"rhoai-model-registries\"")
                .hasMessageContaining("ServiceAccount")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("top-secret-token"));
        assertThat(registry.takePaths()).hasSize(1);
    }

    @Test
    void saysOfTheCatalogThatTheTokenIsToBlame() throws Exception {
        FakeCatalog catalog = open(new FakeCatalog());
        catalog.fail(".*", 401);
        ModelCatalogClient client =
                open(ModelCatalogClient.builder(catalog.base()).build());
        assertThat(client.card(new ModelCardReference("s", "g", "n")))
                .isInstanceOfSatisfying(
                        CardAnswer.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOf(SourceRejectedException.class)
                                .hasMessageContaining("the model catalog")
                                .hasMessageContaining("token is missing, expired"));
    }

    @Test
    void readsTheTokenForEachRequestAndTrimsIt() throws Exception {
        FakeRegistry registry = open(FakeRegistry.current());
        AtomicInteger reads = new AtomicInteger();
        ModelRegistryClient client = client(registry, () -> " token-" + reads.incrementAndGet() + "\r\n");
        client.registeredModels();
        client.registeredModels();
        assertThat(registry.takeRequests())
                .extracting(request -> request.getHeaders().get("Authorization"))
                .containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void readsTheTokenAgainForARetry() throws Exception {
        FakeRegistry registry = open(FakeRegistry.current());
        registry.on(
                "registered_models",
                1,
                () -> new MockResponse.Builder()
                        .code(503)
                        .setHeader("Retry-After", "1")
                        .build());
        AtomicInteger reads = new AtomicInteger();
        open(ModelRegistryClient.builder("public", registry.base())
                        .bearerToken(() -> "token-" + reads.incrementAndGet())
                        .timing(new RecordedSleeps().timing(0.5))
                        .build())
                .registeredModels();
        assertThat(registry.takeRequests())
                .extracting(request -> request.getHeaders().get("Authorization"))
                .containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void sendsNoTokenWhereThereIsNone() throws Exception {
        FakeRegistry registry = open(FakeRegistry.current());
        client(registry, () -> "\n").registeredModels();
        client(registry, () -> null).registeredModels();
        assertThat(registry.takeRequests())
                .allSatisfy(request ->
                        assertThat(request.getHeaders().get("Authorization")).isNull());
    }

    @Test
    void refusesATokenThatCannotBeOneWithoutShowingIt() {
        FakeRegistry registry = open(FakeRegistry.current());
        ModelRegistryClient client = client(registry, () -> "first-line\nsecond-line");
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining("on one line")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("first-line", "second-line"));
        assertThat(registry.takePaths()).isEmpty();
    }

    @Test
    void saysThatTheTokenCannotBeRead() {
        FakeRegistry registry = open(FakeRegistry.current());
        ModelRegistryClient client = client(registry, () -> {
            throw new IOException("no such file: token");
        });
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("bearer token cannot be read: IOException: no such file: token");
    }

    @Test
    void doesNotFollowARedirectWithTheToken() {
        FakeRegistry registry = open(FakeRegistry.current());
        FakeRegistry elsewhere = open(FakeRegistry.current());
        registry.on(
                ".*",
                () -> new MockResponse.Builder()
                        .code(302)
                        .setHeader("Location", elsewhere.base() + "login?state=secret-canary")
                        .build());
        ModelRegistryClient client = client(registry, () -> "token");
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining("a redirect to http://localhost:" + elsewhere.port())
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret-canary"));
        assertThat(elsewhere.takePaths()).isEmpty();
    }

    @Test
    void namesTheHostWhoseCertificateIsNotTrustedAndHowToTrustIt() {
        FakeRegistry registry = open(FakeRegistry.secure(serverTls(authority(), "localhost")));
        ModelRegistryClient client = client(registry, () -> "top-secret-token");
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining("the certificate of localhost:" + registry.port() + " is not trusted")
                .hasMessageContaining("caCertificates");
        assertThat(registry.takePaths()).as("the token is not sent").isEmpty();
    }

    @Test
    void trustsAnAdditionalAuthority() throws Exception {
        HeldCertificate authority = authority();
        HeldCertificate other = authority();
        FakeRegistry registry =
                open(FakeRegistry.secure(serverTls(authority, "localhost"))).models(2);
        HttpSettings settings = HttpSettings.builder()
                .caCertificates("# a bundle\n" + other.certificatePem() + "text\n" + authority.certificatePem())
                .build();
        assertThat(registry.base().getScheme()).isEqualTo("https");
        assertThat(client(registry.base(), settings).registeredModels().items()).hasSize(2);
    }

    @Test
    void lendsTrustAndLimitsToAnotherClient() throws Exception {
        HeldCertificate authority = authority();
        FakeRegistry registry =
                open(FakeRegistry.secure(serverTls(authority, "localhost"))).models(2);
        OkHttpClient probe = HttpSettings.builder()
                .callTimeout(Duration.ofSeconds(20))
                .caCertificates(authority.certificatePem())
                .build()
                .applyTo(new OkHttpClient.Builder())
                .build();

        assertThat(probe.callTimeoutMillis()).isEqualTo(20_000);
        assertThat(probe.followRedirects()).isFalse();
        Request request = new Request.Builder()
                .url(registry.base() + "/api/model_registry/v1alpha3/registered_models")
                .build();
        try (Response response = probe.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        probe.connectionPool().evictAll();
    }

    private ModelRegistryClient client(URI base, HttpSettings settings) {
        return open(
                ModelRegistryClient.builder("public", base).settings(settings).build());
    }

    @Test
    void saysThatACertificateIsForAnotherHost() {
        HeldCertificate authority = authority();
        FakeRegistry registry = open(FakeRegistry.secure(serverTls(authority, "registry.example.com")));
        HttpSettings settings = HttpSettings.builder()
                .caCertificates(authority.certificatePem())
                .build();
        assertThatThrownBy(client(registry.base(), settings)::registeredModels)
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining("localhost:" + registry.port() + " is for other hosts");
    }

    @Test
    void verifiesNothingOnlyWhenToldSo() throws Exception {
        FakeRegistry registry = open(FakeRegistry.secure(serverTls(authority(), "registry.example.com")))
                .models(2);
        HttpSettings settings = HttpSettings.builder().insecureTrustEverything().build();
        assertThat(client(registry.base(), settings).registeredModels().items()).hasSize(2);
    }

    private static HeldCertificate authority() {
        return new HeldCertificate.Builder()
                .certificateAuthority(0)
                .commonName("cluster ca")
                .build();
    }

    private static javax.net.ssl.SSLSocketFactory serverTls(HeldCertificate authority, String host) {
        HeldCertificate server = new HeldCertificate.Builder()
                .signedBy(authority)
                .commonName(host)
                .addSubjectAlternativeName(host)
                .build();
        return new HandshakeCertificates.Builder()
                .heldCertificate(server)
                .build()
                .sslSocketFactory();
    }
}
