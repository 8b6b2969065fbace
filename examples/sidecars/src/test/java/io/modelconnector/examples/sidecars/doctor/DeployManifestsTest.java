package io.modelconnector.examples.sidecars.doctor;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests, against what the program does: a deployment that is applied as it stands has to work. */
class DeployManifestsTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path LIBRARY = Path.of("..", "..", "connector-kserve", "src", "main", "java");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "rhdh-rhoai-connector";
    private static final String NAMESPACE = "ai-rhdh";

    @Test
    void everyFileIsManifests() throws IOException {
        List<Path> files = yamlFiles();
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            assertThat(documents(file)).as(file.toString()).isNotEmpty();
        }
    }

    @Test
    void everyFileOfAKustomizationIsThere() throws IOException {
        for (Path file : yamlFiles()) {
            if (!file.endsWith("kustomization.yaml")) {
                continue;
            }
            JsonNode kustomization = documents(file).get(0);
            for (String list : List.of("resources", "components")) {
                for (JsonNode entry : kustomization.path(list)) {
                    assertThat(file.resolveSibling(entry.textValue()))
                            .as(file + ", " + list)
                            .exists();
                }
            }
        }
    }

    @Test
    void everythingIsNamedAsInExistingDeployments() throws IOException {
        assertThat(names("ServiceAccount")).containsExactly(NAMESPACE + '/' + ACCOUNT);
        assertThat(names("Secret")).containsExactly(NAMESPACE + "/rhdh-rhoai-connector-token");
        assertThat(names("ClusterRole")).containsExactly('/' + ACCOUNT);
        assertThat(names("ClusterRoleBinding")).containsExactly('/' + ACCOUNT);
        assertThat(names("Role")).containsExactly(NAMESPACE + '/' + ACCOUNT);
        assertThat(names("RoleBinding"))
                .containsExactly(
                        NAMESPACE + '/' + ACCOUNT, "rhoai-model-registries/registry-user-modelregistry-public");
        JsonNode secret = object("Secret");
        assertThat(secret.path("type").textValue()).isEqualTo("kubernetes.io/service-account-token");
        assertThat(secret.at("/metadata/annotations/kubernetes.io~1service-account.name")
                        .textValue())
                .isEqualTo(ACCOUNT);
    }

    @Test
    void everyBindingBindsARoleToTheAccount() throws IOException {
        for (JsonNode binding : objects(kind -> kind.endsWith("Binding"))) {
            String name = binding.at("/metadata/name").textValue();
            assertThat(binding.at("/roleRef/name").textValue()).isEqualTo(name);
            assertThat(binding.path("subjects")).hasSize(1);
            assertThat(binding.at("/subjects/0/kind").textValue()).isEqualTo("ServiceAccount");
            assertThat(binding.at("/subjects/0/name").textValue()).isEqualTo(ACCOUNT);
            assertThat(binding.at("/subjects/0/namespace").textValue()).isEqualTo(NAMESPACE);
        }
    }

    @Test
    void theRolesGrantWhatTheProgramDoesAndNothingElse() throws IOException {
        List<AccessRule> everywhere = new ArrayList<>(AccessRules.ofServedModels(List.of()));
        everywhere.addAll(AccessRules.ofDiscovery());
        everywhere.add(AccessRules.ofDefinitions());

        assertThat(granted(object("ClusterRole"))).isEqualTo(wanted(everywhere));
        assertThat(granted(object("Role"))).isEqualTo(wanted(AccessRules.ofStore(NAMESPACE)));
    }

    @Test
    void containersAreGivenVariablesThatTheProgramReads() throws IOException {
        Set<String> read = quotedWords(SOURCES);
        read.addAll(quotedWords(LIBRARY));
        // The JVM's own.
        read.add("JDK_JAVA_OPTIONS");
        for (JsonNode container : containers()) {
            for (JsonNode variable : container.path("env")) {
                assertThat(read)
                        .as(container.path("name") + " in " + variable)
                        .contains(variable.path("name").textValue());
            }
            assertThat(value(container, "NORMALIZER_FORMAT")).isEqualTo("JsonArrayFormat");
            assertThat(container.path("env").findValuesAsText("fieldPath"))
                    .containsExactly("status.podIP", "metadata.namespace");
        }
    }

    @Test
    void containersListenWhereThePortalAndTheOtherPartsLook() throws IOException {
        for (JsonNode container : containers()) {
            int port = container.at("/ports/0/containerPort").intValue();
            String arguments = container.path("args").toString();
            switch (container.path("name").textValue()) {
                case "location" -> assertThat(port).isEqualTo(9090);
                case "storage-rest" -> {
                    assertThat(port).isEqualTo(7070);
                    assertThat(value(container, "BRIDGE_URL")).isEqualTo("http://localhost:9090");
                }
                case "rhoai-normalizer" -> {
                    assertThat(port).isEqualTo(8081);
                    assertThat(arguments).contains("--metrics-address=:8081");
                }
                default -> {
                    assertThat(port).isEqualTo(9090);
                    assertThat(arguments).contains("all", "--address=9090", "--metrics-address=:8081");
                    assertThat(value(container, "BRIDGE_URL"))
                            .isEqualTo("http://" + ACCOUNT + '.' + NAMESPACE + ".svc:9090");
                }
            }
        }
    }

    @Test
    void probesAskPortsThatTheContainerHas() throws IOException {
        for (JsonNode container : containers()) {
            List<String> ports = container.path("ports").findValuesAsText("name");
            assertThat(container.at("/livenessProbe/httpGet/path").textValue()).isEqualTo("/healthz");
            assertThat(container.at("/startupProbe/httpGet/path").textValue()).isEqualTo("/healthz");
            assertThat(ports)
                    .containsAll(container.findValuesAsText("port").stream()
                            .distinct()
                            .toList());
        }
        assertThat(containers().stream().filter(container -> container.has("readinessProbe")))
                .as("a registry that is down must not take the portal's pod out of service")
                .allSatisfy(container ->
                        assertThat(container.path("name").textValue()).isEqualTo("connector"));
    }

    @Test
    void containersMayDoAsLittleAsTheyNeed() throws IOException {
        assertThat(containers()).hasSize(7);
        for (JsonNode container : containers()) {
            JsonNode security = container.path("securityContext");
            assertThat(security.path("allowPrivilegeEscalation").booleanValue()).isFalse();
            assertThat(security.path("readOnlyRootFilesystem").booleanValue()).isTrue();
            assertThat(security.at("/capabilities/drop/0").textValue()).isEqualTo("ALL");
            assertThat(container.at("/resources/requests/memory").isTextual()).isTrue();
            assertThat(container.at("/resources/requests/cpu").isTextual()).isTrue();
            assertThat(heapMiB(container)).isLessThan(mebibytes(container.at("/resources/limits/memory")) - 100);
            assertThat(value(container, "JDK_JAVA_OPTIONS"))
                    .contains("-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError");
        }
    }

    @Test
    void theSidecarsTakeTheTokenSecretAndThePortalsVolume() throws IOException {
        for (JsonNode container : containers()) {
            if (container.path("name").textValue().equals("connector")) {
                continue;
            }
            assertThat(container.at("/envFrom/0/secretRef/name").textValue()).isEqualTo("rhdh-rhoai-connector-token");
            assertThat(container.at("/volumeMounts/0/name").textValue()).isEqualTo("dynamic-plugins-root");
            assertThat(container.at("/volumeMounts/0/mountPath").textValue())
                    .isEqualTo("/opt/app-root/src/dynamic-plugins-root");
        }
    }

    @Test
    void bothWaysOfAddingTheSidecarsAddTheSame() throws IOException {
        JsonNode operator = documents(DEPLOY.resolve("overlays/rhdh-operator/backstage.yaml"))
                .get(0);
        JsonNode helm = documents(DEPLOY.resolve("overlays/rhdh-helm/deployment-patch.yaml"))
                .get(0);

        assertThat(operator.at("/spec/deployment/patch/spec/template/spec/containers"))
                .hasSize(3)
                .isEqualTo(helm.at("/spec/template/spec/containers"));
    }

    @Test
    void theServiceFindsThePodsOfTheDeployment() throws IOException {
        JsonNode deployment = object("Deployment");
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        assertThat(deployment.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(object("Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(deployment.at("/spec/template/spec/serviceAccountName").textValue())
                .isEqualTo(ACCOUNT);
        assertThat(deployment
                        .at("/spec/template/spec/securityContext/runAsNonRoot")
                        .booleanValue())
                .isTrue();
        List<String> ports =
                deployment.at("/spec/template/spec/containers/0/ports").findValuesAsText("name");
        assertThat(ports).containsAll(object("Service").at("/spec/ports").findValuesAsText("targetPort"));
    }

    @Test
    void thePortalIsToldWhereTheLocationIs() throws IOException {
        JsonNode config = yaml(documents(DEPLOY.resolve("components/location-client/app-config.yaml"))
                .get(0)
                .at("/data/app-config-rhdh-rhoai-connector.yaml")
                .textValue());
        assertThat(config.at("/catalog/providers/modelCatalog/development/baseUrl")
                        .textValue())
                .isEqualTo("http://localhost:9090");
        for (String client : List.of("location-client", "connector-client")) {
            JsonNode plugins = yaml(documents(DEPLOY.resolve("components/" + client + "/dynamic-plugins.yaml"))
                    .get(0)
                    .at("/data/dynamic-plugins.yaml")
                    .textValue());
            assertThat(plugins.path("plugins")).hasSize(2);
        }
    }

    @Test
    void theImageHasAnEntryPointForEachSidecar() throws IOException {
        String containerfile = Files.readString(DEPLOY.resolve("Containerfile"));
        for (String role : List.of("location", "storage-rest", "rhoai-normalizer")) {
            assertThat(containerfile).contains("FROM connector AS " + role + "\n", "model-connector.jar\", \"" + role);
        }
        assertThat(containerfile).contains("USER 1001\n");
    }

    private static Map<String, Set<String>> granted(JsonNode role) {
        return StreamSupport.stream(role.path("rules").spliterator(), false)
                .flatMap(rule -> StreamSupport.stream(rule.path("resources").spliterator(), false)
                        .flatMap(resource -> StreamSupport.stream(
                                        rule.path("verbs").spliterator(), false)
                                .map(verb -> Map.entry(
                                        rule.at("/apiGroups/0").textValue() + '/' + resource.textValue(),
                                        verb.textValue()))))
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));
    }

    private static Map<String, Set<String>> wanted(List<AccessRule> rules) {
        return rules.stream()
                .flatMap(rule ->
                        rule.verbs().stream().map(verb -> Map.entry(rule.group() + '/' + rule.resource(), verb)))
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));
    }

    private static Set<String> quotedWords(Path sources) throws IOException {
        Pattern quoted = Pattern.compile("\"([A-Za-z_.]+)\"");
        Set<String> words = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = quoted.matcher(Files.readString(file));
                while (matcher.find()) {
                    words.add(matcher.group(1));
                }
            }
        }
        return words;
    }

    private static int heapMiB(JsonNode container) {
        Matcher heap = Pattern.compile("-Xmx(\\d+)m").matcher(value(container, "JDK_JAVA_OPTIONS"));
        assertThat(heap.find()).isTrue();
        return Integer.parseInt(heap.group(1));
    }

    private static int mebibytes(JsonNode quantity) {
        assertThat(quantity.textValue()).endsWith("Mi");
        return Integer.parseInt(quantity.textValue().replace("Mi", ""));
    }

    private static String value(JsonNode container, String variable) {
        for (JsonNode candidate : container.path("env")) {
            if (candidate.path("name").textValue().equals(variable)) {
                return candidate.path("value").asText("");
            }
        }
        return "";
    }

    private static List<JsonNode> containers() throws IOException {
        List<JsonNode> containers = new ArrayList<>();
        for (Path file : yamlFiles()) {
            for (JsonNode document : documents(file)) {
                document.findValues("containers").forEach(list -> list.forEach(containers::add));
            }
        }
        return containers;
    }

    private static JsonNode object(String kind) throws IOException {
        List<JsonNode> found = objects(kind::equals);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<String> names(String kind) throws IOException {
        return objects(kind::equals).stream()
                .map(object -> object.at("/metadata/namespace").asText("")
                        + '/'
                        + object.at("/metadata/name").asText())
                .sorted()
                .toList();
    }

    private static List<JsonNode> objects(Predicate<String> kind) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (Path file : yamlFiles()) {
            for (JsonNode document : documents(file)) {
                if (kind.test(document.path("kind").asText(""))) {
                    found.add(document);
                }
            }
        }
        return found;
    }

    private static List<Path> yamlFiles() throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            parser().loadAll(reader).forEach(document -> documents.add(JSON.valueToTree(document)));
        }
        return documents;
    }

    private static JsonNode yaml(String text) {
        return JSON.valueToTree(parser().load(text));
    }

    private static Yaml parser() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }
}
