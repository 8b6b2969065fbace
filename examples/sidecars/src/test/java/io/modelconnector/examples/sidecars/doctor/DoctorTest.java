package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** All checks together, as they are run from the command line. */
class DoctorTest {
    private static final String[] ANYWHERE = {"--address=0", "--storage-address=0", "--metrics-address=0"};

    private final FakePlatform platform = FakePlatform.healthy();
    private final StringWriter out = new StringWriter();

    @TempDir
    Path home;

    /** The role turns logging off, which must not reach the tests that come after. */
    @BeforeAll
    static void startLogging() {
        assertThat(LoggerFactory.getILoggerFactory()).isNotNull();
    }

    @AfterEach
    void close() {
        System.clearProperty("LOG_LEVEL");
        System.clearProperty("LOG_FORMAT");
        platform.close();
    }

    @Test
    void findsNothingWrongWithAHealthyDeployment() throws Exception {
        assertThat(run(environment(), "--json")).isZero();

        JsonNode findings = Reply.JSON.readTree(out.toString());
        List<String> checks = new ArrayList<>();
        findings.forEach(finding -> checks.add(
                finding.path("status").asText() + ' ' + finding.path("check").asText()));
        assertThat(checks)
                .containsExactly(
                        "ok settings",
                        "ok credentials",
                        "ok cluster API",
                        "ok account",
                        "ok crd inferenceservices",
                        "ok crd llminferenceservices",
                        "ok routes API",
                        "ok rbac inferenceservices",
                        "ok rbac llminferenceservices",
                        "ok rbac services",
                        "ok rbac serviceaccounts",
                        "ok rbac customresourcedefinitions",
                        "ok rbac configmaps in ai-rhdh",
                        "ok rbac leases in ai-rhdh",
                        "ok find registries",
                        "ok find catalog",
                        "ok registry public",
                        "ok catalog",
                        "ok ConfigMap",
                        "ok storage-rest",
                        "ok location",
                        "ok Backstage",
                        "ok shared token",
                        "skip port of location",
                        "skip port of storage-rest",
                        "skip port of metrics");
    }

    @Test
    void endsWithOneWhenAnythingFails() {
        platform.denies("create", "configmaps").on("GET", FakePlatform.MODELS, 403, "");

        assertThat(run(environment())).isEqualTo(1);
        assertThat(out.toString())
                .contains("fail  rbac configmaps in ai-rhdh", "fail  registry public")
                .contains("      -> kubectl create rolebinding registry-user-public-connector")
                .contains("2 fail");
    }

    @Test
    void endsWithZeroWhenThereAreOnlyWarnings() {
        platform.on("GET", FakePlatform.definitionPath("inferenceservices"), 404, "{}");

        assertThat(run(environment())).isZero();
        assertThat(out.toString())
                .contains("warn  crd inferenceservices")
                .contains("skip  rbac inferenceservices")
                .contains("1 warn, 0 fail");
    }

    @Test
    void asksForNoRightsOnWhatTheClusterDoesNotHave() {
        platform.on("GET", "/apis/route.openshift.io/v1", 404, "{}").denies("list", "routes");
        platform.on("GET", FakePlatform.definitionPath("llminferenceservices"), 404, "{}");
        Map<String, String> environment = environment();
        environment.remove("CATALOG_URL");
        platform.lists(FakePlatform.SERVICES);

        assertThat(run(environment)).isZero();
        assertThat(out.toString())
                .contains("skip  rbac routes ", "skip  rbac llminferenceservices", "warn  find catalog");
    }

    @Test
    void showsNoSecretWhateverIsWrong() {
        Map<String, String> environment = environment();
        environment.put("K8S_TOKEN", "canary-of-the-cluster");
        environment.put("KFMR_TOKEN", "canary of the registry");
        environment.put("RHDH_TOKEN", "canary-of-the-portal");
        platform.on("POST", FakePlatform.WHO, 401, "canary");
        platform.on("GET", FakePlatform.LOCATIONS, 403, "canary");

        assertThat(run(environment)).isEqualTo(1);
        assertThat(out.toString()).contains("fail  account", "fail  Backstage").doesNotContain("canary");
    }

    @Test
    void changesNothing() {
        run(environment());

        assertThat(platform.requests())
                .filteredOn(request -> !request.startsWith("GET "))
                .allMatch(request -> request.endsWith("reviews") || request.endsWith("?dryRun=All"));
    }

    @Test
    void leavesOutWhatNeedsAClusterThatRefusesTheCredentials() {
        platform.on("POST", FakePlatform.WHO, 401, "{}");
        Map<String, String> environment = environment();
        environment.remove("REGISTRY_URLS");

        assertThat(run(environment)).isEqualTo(1);
        assertThat(out.toString())
                .contains("fail  account", "skip  rbac ", "skip  find registries", "skip  ConfigMap")
                .contains("1 fail");
        assertThat(platform.requests()).noneMatch(request -> request.contains("watch="));
    }

    @Test
    void readsConfiguredRegistriesWithoutACluster() {
        Map<String, String> environment = environment();
        environment.remove("KUBECONFIG");

        assertThat(run(environment)).isZero();
        assertThat(out.toString()).contains("skip  credentials", "ok    registry public", "skip  ConfigMap");
    }

    @Test
    void goesOnAsFarAsItCanWithSettingsThatAreWrong() {
        Map<String, String> environment = environment();
        environment.put("POLLING_INTERVAL", "soon");
        environment.put("PUSH_TO_RHDH", "maybe");

        assertThat(run(environment)).isEqualTo(1);
        assertThat(out.toString())
                .contains("fail  settings", "ok    account", "skip  rbac ", "ok    ConfigMap", "skip  Backstage");
    }

    @Test
    void asksForANamespaceToStoreIn() {
        Map<String, String> environment = environment();
        environment.put("NAMESPACE", "lab");
        platform.on("POST", "/api/v1/namespaces/lab/configmaps", 201, "{}");

        assertThat(run(environment)).isZero();
        assertThat(out.toString()).contains("rbac configmaps in lab");
    }

    @Test
    void doesNotHangWhereAServerDoes() throws Exception {
        platform.hangs("GET", FakePlatform.MODELS).hangs("POST", FakePlatform.CONFIG_MAPS);
        List<Finding> findings = new ArrayList<>();
        ListenAddress nowhere = ListenAddress.port(0);
        try (Doctor doctor = new Doctor(
                environment(), new Doctor.Ports(nowhere, nowhere, nowhere), Duration.ofSeconds(5), findings::add)) {
            doctor.examine();
        }
        assertThat(findings)
                .filteredOn(finding -> finding.status() == Status.FAIL)
                .extracting(Finding::check)
                .containsExactly("registry public", "ConfigMap");
    }

    private Map<String, String> environment() {
        String uri = platform.uri().toString();
        platform.on("GET", FakePlatform.LOCATIONS, 200, "[]");
        platform.on("GET", "/storage/list", 200, "{\"keys\": []}");
        platform.on("GET", "/location/list", 200, "{\"uris\": []}");
        return new HashMap<>(Map.of(
                "KUBECONFIG",
                platform.kubeconfig(home).toString(),
                "HOME",
                home.toString(),
                "REGISTRY_URLS",
                "public=" + uri,
                "CATALOG_URL",
                uri,
                "STORAGE_URL",
                uri + "/storage",
                "BRIDGE_URL",
                uri + "/location",
                "BKSTG_URL",
                uri,
                "PUSH_TO_RHDH",
                "true",
                "RHDH_TOKEN",
                "portal-token"));
    }

    private int run(Map<String, String> environment, String... arguments) {
        List<String> words = new ArrayList<>(List.of(ANYWHERE));
        words.addAll(List.of(arguments));
        CommandLine command = new CommandLine(new DoctorCommand(environment, new PrintWriter(out)));
        command.registerConverter(ListenAddress.class, ListenAddress::parse);
        return command.execute(words.toArray(String[]::new));
    }
}
