package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The other parts, the portal, the shared token and the ports. */
class SurroundingsChecksTest {
    private static final Caller CALLER = new Caller(new OkHttpClient());
    private static final String PORTAL_ROUTES = "/apis/route.openshift.io/v1/namespaces/portal/routes";

    private final FakePlatform platform = FakePlatform.healthy();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void findsTheOtherParts() throws Exception {
        platform.on("GET", "/list", 200, "{\"keys\": [\"granite_v1\", \"llama_v2\"]}");
        assertThat(Findings.only(storage())).isEqualTo(Finding.ok("storage-rest", platform.uri() + " has 2 entries"));

        platform.on("GET", "/list", 200, "{\"uris\": null}");
        assertThat(Findings.only(location())).isEqualTo(Finding.ok("location", platform.uri() + " has 0 entries"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"uris\": []}', FAIL, is location and not storage-rest",
        "200, <html>canary</html>, FAIL, is not storage-rest",
        "404, {}, FAIL, answers 404 and is not storage-rest",
        "503, {}, WARN, has not read everything yet"
    })
    void saysWhatIsWrongWithAPart(int status, String body, Status expected, String detail) throws Exception {
        platform.on("GET", "/list", status, body);

        Finding finding = Findings.only(storage());
        assertThat(finding.status()).isEqualTo(expected);
        assertThat(finding.detail()).contains(detail).doesNotContain("canary");
        assertThat(finding.fix()).isNotBlank();
    }

    @Test
    void expectsAPartOnThisMachineToBeStartedStill() throws Exception {
        try (Socket held = heldPort()) {
            String nowhere = "http://127.0.0.1:" + held.getLocalPort();

            Finding finding = Findings.only(PartCheck.storage(parts("STORAGE_URL", nowhere), CALLER));
            assertThat(finding.status()).isEqualTo(Status.WARN);
            assertThat(finding.detail()).contains("nothing accepts connections at " + nowhere);
        }
    }

    @Test
    void findsThePortalAndCountsItsLocations() throws Exception {
        platform.on("GET", FakePlatform.LOCATIONS, 200, "[{}, {}, {}]");

        assertThat(Findings.only(backstage(true, "canary")))
                .isEqualTo(Finding.ok("Backstage", platform.uri() + " has 3 locations"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, true, , FAIL, RHDH_TOKEN is not set",
        "401, true, canary, FAIL, does not accept RHDH_TOKEN",
        "403, true, canary, FAIL, does not accept RHDH_TOKEN",
        "401, false, , OK, nothing else is needed",
        "404, true, canary, FAIL, answers 404",
        "503, false, , FAIL, answers 503",
    })
    void saysWhatThePortalWants(int status, boolean push, String token, Status expected, String detail)
            throws Exception {
        platform.on("GET", FakePlatform.LOCATIONS, status, "{}");

        Finding finding = Findings.only(backstage(push, token));
        assertThat(finding.status()).isEqualTo(expected);
        assertThat(finding.detail()).contains(detail).doesNotContain("canary");
        assertThat(expected == Status.OK || !finding.fix().isBlank()).isTrue();
    }

    @Test
    void looksForNoPortalThatNobodyAskedFor() throws Exception {
        assertThat(Findings.only(new BackstageCheck(parts(), null, CALLER)).status())
                .isEqualTo(Status.SKIP);
    }

    @ParameterizedTest
    @CsvSource({
        "200, found none whose label app.kubernetes.io/name contains",
        "403, allow the ServiceAccount to list routes.route.openshift.io"
    })
    void saysThatThePortalWasNotFound(int status, String detail) throws Exception {
        platform.on(
                "GET",
                PORTAL_ROUTES,
                status,
                "{\"items\": [{\"metadata\": {}, \"spec\": {\"host\": \"a.example.com\"}}]}");
        Parts parts = parts("PUSH_TO_RHDH", "true", "POD_NAMESPACE", "portal");

        Finding finding = Findings.only(new BackstageCheck(parts, platform.cluster(directory), CALLER));
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("in namespace portal", detail);
        assertThat(finding.fix()).contains("BKSTG_URL");
    }

    @Test
    void findsNoPortalWithoutACluster() throws Exception {
        Finding finding = Findings.only(new BackstageCheck(parts("PUSH_TO_RHDH", "true"), null, CALLER));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("there is no cluster");
    }

    @Test
    void looksForThePortalOnlyWhereThePushDoes() throws Exception {
        Parts parts = parts("PUSH_TO_RHDH", "true");

        Finding finding = Findings.only(new BackstageCheck(parts, platform.cluster(directory), CALLER));
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("POD_NAMESPACE is not set");
    }

    @Test
    void takesThePortalsAdmittedRoute() throws Exception {
        platform.lists(
                PORTAL_ROUTES,
                portalRoute("hub", "hub.apps.example.com", "hub.apps.example.com"),
                portalRoute("newer", "newer.apps.example.com", ""));
        Caller portal = new Caller(new OkHttpClient.Builder()
                .addInterceptor(chain -> new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create("[{}]", null))
                        .build())
                .build());
        Parts parts = parts("PUSH_TO_RHDH", "true", "POD_NAMESPACE", "portal");

        assertThat(Findings.only(new BackstageCheck(parts, platform.cluster(directory), portal)))
                .isEqualTo(Finding.ok("Backstage", "https://hub.apps.example.com has 1 locations"));
    }

    @Test
    void refusesThePodAddressThatTheRolesRefuse() {
        assertThatThrownBy(() -> parts("POD_IP", "cafe"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("POD_IP");
    }

    @Test
    void findsTheSharedTokenWhereThePartsDo() throws Exception {
        assertThat(sharedToken(Map.of("token", "canary", "K8S_TOKEN", "canary")).detail())
                .startsWith("the variable token");
        assertThat(sharedToken(Map.of("token", " ", "K8S_TOKEN", "canary")).detail())
                .startsWith("the variable K8S_TOKEN");
        assertThat(Findings.only(new SharedTokenCheck(Map.of(), platform.access(directory)))
                        .detail())
                .startsWith("that of kubeconfig ")
                .doesNotContain(FakePlatform.TOKEN);
        assertThat(sharedToken(Map.of()).status()).isEqualTo(Status.WARN);
    }

    @Test
    void saysThatAPortIsFree() throws Exception {
        int port = freePort();

        assertThat(Findings.only(port(new ListenAddress("127.0.0.1", port))))
                .isEqualTo(Finding.ok("port of location", port + " is free"));
        assertThat(Findings.only(port(ListenAddress.port(0))).status()).isEqualTo(Status.SKIP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/list | {\"uris\": []} | OK | by a location",
                "/list | {\"keys\": []} | OK | by a storage-rest",
                "/metrics | model_connector_entries 7 | OK | by the metrics of a connector",
                "/metrics | go_goroutines 7 | WARN | by a program that is not known"
            })
    void saysWhoUsesAPort(String path, String body, Status expected, String detail) throws Exception {
        platform.on("GET", path, 200, body);

        Finding finding = Findings.only(port(new ListenAddress("127.0.0.1", platform.port())));
        assertThat(finding.status()).isEqualTo(expected);
        assertThat(finding.detail()).contains(platform.port() + " is in use", detail);
    }

    @Test
    void warnsOfAPortWhoseUserDoesNotAnswer() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Caller impatient = new Caller(new OkHttpClient.Builder()
                    .callTimeout(Duration.ofMillis(100))
                    .build());

            Finding finding = Findings.only(
                    new PortCheck("metrics", new ListenAddress("127.0.0.1", mute.getLocalPort()), impatient));
            assertThat(finding.status()).isEqualTo(Status.WARN);
            assertThat(finding.fix()).contains("--metrics-address");
        }
    }

    @Test
    void saysThatAnAddressIsNotOfThisMachine() throws Exception {
        Finding finding = Findings.only(port(new ListenAddress("192.0.2.1", 9090)));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.fix()).contains("leave the host out");
    }

    private PartCheck storage() {
        return PartCheck.storage(parts("STORAGE_URL", platform.uri().toString()), CALLER);
    }

    private PartCheck location() {
        return PartCheck.location(parts("BRIDGE_URL", platform.uri().toString()), CALLER);
    }

    private BackstageCheck backstage(boolean push, String token) {
        Map<String, String> environment =
                new HashMap<>(Map.of("BKSTG_URL", platform.uri().toString(), "PUSH_TO_RHDH", Boolean.toString(push)));
        if (token != null) {
            environment.put("RHDH_TOKEN", token);
        }
        return new BackstageCheck(Parts.from(environment), null, CALLER);
    }

    private static String portalRoute(String name, String host, String admitted) {
        return """
                {"metadata": {"name": "%s", "labels": {"app.kubernetes.io/name": "backstage-hub"}},
                 "spec": {"host": "%s"}, "status": {"ingress": [{"host": "%s"}]}}""".formatted(name, host, admitted);
    }

    private static Finding sharedToken(Map<String, String> environment) throws InterruptedException {
        return Findings.only(new SharedTokenCheck(environment, null));
    }

    private static PortCheck port(ListenAddress address) {
        return new PortCheck("location", address, CALLER);
    }

    private static Parts parts(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Parts.from(environment);
    }

    /** A port that nobody else gets, and where nobody listens. */
    private static Socket heldPort() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
