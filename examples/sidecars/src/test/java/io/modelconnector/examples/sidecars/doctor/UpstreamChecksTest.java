package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.rhoai.RegistryLocation;
import io.modelconnector.rhoai.client.HttpSettings;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether registries and the catalog can be read. */
class UpstreamChecksTest {
    private static final Account CONNECTOR = new Account("system:serviceaccount:ai-rhdh:rhdh-rhoai-connector");
    private static final Caller CALLER = new Caller(
            HttpSettings.defaults().applyTo(new OkHttpClient.Builder()).build());
    private static final String BY_PROGRAM = "pageSize=1000";

    private final FakePlatform platform = FakePlatform.healthy();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void countsModelsAndSaysInWhatPagesTheyCome() throws Exception {
        Finding finding = Findings.only(registry());

        assertThat(finding.check()).isEqualTo("registry public");
        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.detail())
                .isEqualTo(platform.uri() + ", v1alpha3, registered models: 1; gives all of them when no page size is"
                        + " asked for");
    }

    @Test
    void saysThatLargerPagesAreGivenWhenAsked() throws Exception {
        platform.on("GET", FakePlatform.MODELS, 200, page(1, 20, "more"))
                .onQuery(FakePlatform.MODELS, BY_PROGRAM, page(1, 50, ""))
                .onQuery(FakePlatform.MODELS, BY_PROGRAM + "&orderBy=ID&sortOrder=ASC", page(1, 50, ""));

        assertThat(Findings.only(registry()).detail())
                .endsWith(
                        "registered models: 50; gives pages of 20 when none is asked for, and larger ones when asked");
    }

    @Test
    void saysThatPagesAreCutAndCountsOn() throws Exception {
        platform.on("GET", FakePlatform.MODELS, 200, page(1, 20, "more"))
                .onQuery(FakePlatform.MODELS, BY_PROGRAM, page(1, 100, "second"))
                .onQuery(FakePlatform.MODELS, BY_PROGRAM + "&nextPageToken=second", page(101, 30, ""));

        assertThat(Findings.only(registry()).detail())
                .endsWith("registered models: 130; gives pages of 20 when none is asked for, of 100 at most");
    }

    @Test
    void doesNotAskALargeRegistryForAllAtOnce() throws Exception {
        platform.onQuery(FakePlatform.MODELS, BY_PROGRAM, page(1, 1000, "second"))
                .onQuery(FakePlatform.MODELS, BY_PROGRAM + "&nextPageToken=second", page(1001, 5, ""));

        assertThat(Findings.only(registry()).detail()).endsWith("registered models: 1005; gives pages of 1000");
        assertThat(platform.requests()).hasSize(2).noneMatch(request -> request.endsWith(FakePlatform.MODELS));
    }

    @Test
    void doesNotCountForEver() throws Exception {
        platform.on("GET", FakePlatform.MODELS, 200, page(1, 1000, "again"));
        RegistryCheck impatient = new RegistryCheck(
                new RegistryLocation("public", platform.uri(), null),
                CALLER,
                HttpSettings.defaults(),
                () -> "token",
                CONNECTOR,
                Duration.ofNanos(1));

        assertThat(Findings.only(impatient).detail()).contains("registered models: more than 1000");
    }

    @Test
    void warnsOfModelsThatMakeNoSense() throws Exception {
        platform.on(
                "GET", FakePlatform.MODELS, 200, "{\"items\": [{\"id\": \"1\", \"name\": \"granite\"}, {\"id\": 7}]}");

        Finding finding = Findings.only(registry());
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("1 of 2 registered models make no sense");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void givesTheRoleBindingThatIsMissing(int status) throws Exception {
        platform.on("GET", FakePlatform.MODELS, status, "");

        Finding finding = Findings.only(registry());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains(platform.uri() + " answers " + status);
        assertThat(finding.fix())
                .endsWith("kubectl create rolebinding registry-user-public-connector --namespace=rhoai-model-registries"
                        + " --role=registry-user-public --serviceaccount=ai-rhdh:rhdh-rhoai-connector");
        assertThat(finding.fix().contains("KFMR_TOKEN")).isEqualTo(status == 401);
    }

    @ParameterizedTest
    @CsvSource({
        "404, {}, has no API v1alpha3 at /api/model_registry/v1alpha3, correct the address",
        "200, <html>canary</html>, but no list, a login page",
        "200, '{\"items\": 7}', but no list, a login page",
        "302, https://login.example.com/?canary, a redirect to https://login.example.com:443, login page",
        "503, {}, answers 503, try again",
        "418, {}, answers 418, of that kind"
    })
    void saysWhatIsThereInsteadOfARegistry(int status, String body, String detail, String fix) throws Exception {
        platform.on("GET", FakePlatform.MODELS, status, body);

        Finding finding = Findings.only(registry());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains(detail).doesNotContain("canary");
        assertThat(finding.fix()).contains(fix);
    }

    @Test
    void saysHowToTrustACertificate() throws Exception {
        SSLHandshakeException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException("no path"));
        Caller failing = new Caller(new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    throw untrusted;
                })
                .build());

        Finding finding =
                Findings.only(registry(URI.create("https://public.rhoai-model-registries.svc:8443"), failing));
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail())
                .isEqualTo("the certificate of https://public.rhoai-model-registries.svc:8443 is not trusted");
        assertThat(finding.fix()).contains("REGISTRY_CA_FILE");
    }

    @Test
    void suspectsTheNetworkPolicyOfAServiceThatDoesNotAnswer() throws Exception {
        Caller failing = new Caller(new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    throw new SocketTimeoutException("timeout");
                })
                .build());

        Finding finding =
                Findings.only(registry(URI.create("https://public.rhoai-model-registries.svc:8443"), failing));
        assertThat(finding.detail()).contains("no answer");
        assertThat(finding.fix()).contains("NetworkPolicy", "REGISTRY_URLS");
    }

    @Test
    void readsTheCatalog() throws Exception {
        platform.on("GET", FakePlatform.CARDS, 200, page(1, 10, "more"))
                .onQuery(FakePlatform.CARDS, "pageSize=100", page(1, 40, ""));

        Finding finding = Findings.only(catalog());
        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.detail())
                .isEqualTo(
                        platform.uri() + ", v1alpha1, sources: 1, models: 40; gives pages of 10 when none is asked for,"
                                + " and larger ones when asked");
    }

    @Test
    void readsAnOlderCatalog() throws Exception {
        platform.on("GET", FakePlatform.CARDS, 400, "{\"message\": \"source is required\"}");

        Finding finding = Findings.only(catalog());
        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.detail()).contains("one source at a time");
    }

    @Test
    void warnsOfACatalogThatListsNothing() throws Exception {
        platform.on("GET", FakePlatform.CARDS, 500, "{}");

        Finding finding = Findings.only(catalog());
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("answers 500");
    }

    @ParameterizedTest
    @CsvSource({"401, KFMR_TOKEN", "403, system:authenticated"})
    void saysWhatACatalogThatRefusesWants(int status, String fix) throws Exception {
        platform.on("GET", FakePlatform.SOURCES, status, "");

        Finding finding = Findings.only(catalog());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.fix()).contains(fix);
    }

    private CatalogCheck catalog() {
        return new CatalogCheck(platform.uri(), CALLER, () -> FakePlatform.TOKEN);
    }

    private RegistryCheck registry() {
        return registry(platform.uri(), CALLER);
    }

    private static RegistryCheck registry(URI base, Caller caller) {
        return new RegistryCheck(
                new RegistryLocation("public", base, "rhoai-model-registries"),
                caller,
                HttpSettings.builder().retries(0).build(),
                () -> FakePlatform.TOKEN,
                CONNECTOR,
                FakePlatform.PATIENCE);
    }

    private static String page(int first, int count, String next) {
        return IntStream.range(first, first + count)
                .mapToObj(id -> "{\"id\": \"" + id + "\", \"name\": \"granite-" + id + "\"}")
                .collect(Collectors.joining(",", "{\"items\": [", "], \"nextPageToken\": \"" + next + "\"}"));
    }
}
