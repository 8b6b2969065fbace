package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private ModelRegistryClient client(URI base, HttpSettings settings) {
        ModelRegistryClient client =
                ModelRegistryClient.builder("public", base).settings(settings).build();
        opened.add(client);
        return client;
    }

    private ModelRegistryClient client(FakeServer registry) {
        opened.add(registry);
        return client(registry.base(), HttpSettings.defaults());
    }

    @Test
    void readsACurrentServerInFewPages() throws Exception {
        FakeRegistry registry = FakeRegistry.current().models(1001);
        assertThat(client(registry).registeredModels().items()).hasSize(1001);
        assertThat(registry.takePaths()).containsExactly("/registered_models", "/registered_models");
    }

    @Test
    void readsAnOlderServerThatGivesAHundredAtMost() throws Exception {
        FakeRegistry registry = FakeRegistry.older().models(250);
        Listing<ListedVersion> versions = client(registry).modelVersions();
        assertThat(versions.items()).extracting(ListedVersion::id).hasSize(250).doesNotHaveDuplicates();
        assertThat(registry.takePaths()).hasSize(3);
    }

    @Test
    void keepsOrderAndSizeTheSameOnEachPage() throws Exception {
        FakeRegistry registry = FakeRegistry.older().models(250);
        client(registry).registeredModels();
        List<RecordedRequest> requests = registry.takeRequests();
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.getUrl().queryParameter("orderBy")).isEqualTo("ID");
            assertThat(request.getUrl().queryParameter("sortOrder")).isEqualTo("ASC");
            assertThat(request.getUrl().queryParameter("pageSize")).isEqualTo("1000");
        });
        assertThat(requests.get(0).getUrl().queryParameter("nextPageToken")).isNull();
        assertThat(requests.get(1).getUrl().queryParameter("nextPageToken")).isNotEmpty();
    }

    @Test
    void findsAllItemsOfEqualTimes() throws Exception {
        FakeRegistry registry = FakeRegistry.older();
        registry.freezeTime();
        registry.models(130);
        assertThat(client(registry).registeredModels().items()).hasSize(130);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\":[]}",
                "{\"items\":null,\"nextPageToken\":\"\"}",
                "{\"nextPageToken\":null,\"items\":[]}"
            })
    void takesAMissingOrEmptyTokenForTheEnd(String body) throws Exception {
        FakeRegistry registry = FakeRegistry.current();
        registry.on("registered_models", () -> FakeServer.json(200, body));
        assertThat(client(registry).registeredModels().items()).isEmpty();
        assertThat(registry.takePaths()).hasSize(1);
    }

    @Test
    void givesUpWhenAPageTokenRepeats() {
        FakeRegistry registry = FakeRegistry.current();
        AtomicInteger id = new AtomicInteger();
        registry.on(
                "registered_models",
                () -> FakeServer.json(
                        200,
                        "{\"items\":[{\"id\":\"" + id.incrementAndGet()
                                + "\",\"name\":\"m\"}],\"nextPageToken\":\"again\"}"));
        ModelRegistryClient client = client(registry);
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("registered_models of registry \"public\"")
                .hasMessageContaining("page token of an earlier one");
        assertThat(registry.takePaths()).hasSize(2);
    }

    @Test
    void givesUpWhenPagesBringOnlyItemsOfEarlierOnes() {
        FakeRegistry registry = FakeRegistry.current();
        AtomicInteger token = new AtomicInteger();
        registry.on(
                "registered_models",
                () -> FakeServer.json(
                        200,
                        "{\"items\":[{\"id\":\"1\",\"name\":\"m\"}],\"nextPageToken\":\"" + token.incrementAndGet()
                                + "\"}"));
        ModelRegistryClient client = client(registry);
        assertThatThrownBy(client::registeredModels).isInstanceOf(MalformedResponseException.class);
        assertThat(registry.takePaths()).hasSize(2);
    }

    @Test
    void givesUpAfterTheGreatestNumberOfPages() {
        FakeRegistry registry = FakeRegistry.older().models(450);
        opened.add(registry);
        ModelRegistryClient client =
                client(registry.base(), HttpSettings.builder().maxPages(3).build());
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("more than 3 pages");
        assertThat(registry.takePaths()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/model-registry/public", "/model-registry/public/"})
    void appendsTheApiToWhateverPathAGatewayNeeds(String path) throws Exception {
        FakeRegistry registry = FakeRegistry.current().models(1);
        opened.add(registry);
        client(registry.base(path), HttpSettings.defaults()).registeredModels();
        assertThat(registry.takeRequests().get(0).getUrl().encodedPath())
                .isEqualTo(path.replaceFirst("/$", "") + "/api/model_registry/v1alpha3/registered_models");
    }

    @Test
    void readsEverythingSideBySide() throws Exception {
        FakeRegistry registry = FakeRegistry.current().models(3);
        registry.put("serving_environments", "90", "name", "team-a");
        registry.put("inference_services", "91", "name", "granite/uid", "servingEnvironmentId", "90");
        RegistryContents contents = client(registry).contents();
        assertThat(contents.models().items()).hasSize(3);
        assertThat(contents.versions().items()).hasSize(3);
        assertThat(contents.inferenceServices().items()).hasSize(1);
        assertThat(contents.environments().items()).hasSize(1);
        assertThat(contents.artifacts().value())
                .hasValueSatisfying(artifacts -> assertThat(artifacts.items()).hasSize(3));
        assertThat(registry.takePaths())
                .containsExactlyInAnyOrder(
                        "/registered_models",
                        "/model_versions",
                        "/inference_services",
                        "/serving_environments",
                        "/artifacts",
                        "/artifacts");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void knowsServersWithoutAFlatListOfArtifacts(int status) throws Exception {
        FakeRegistry registry = FakeRegistry.current().models(3);
        registry.fail("v1alpha3/artifacts", status);
        RegistryContents contents = client(registry).contents();
        assertThat(contents.artifacts().failure()).isNull();
        assertThat(contents.artifacts().value()).isEmpty();
    }

    @Test
    void tellsThatTheFlatListOfArtifactsCannotBeRead() throws Exception {
        FakeRegistry registry = FakeRegistry.current().models(3);
        registry.fail("v1alpha3/artifacts", 500);
        RegistryContents contents = client(registry).contents();
        assertThat(contents.models().items()).hasSize(3);
        assertThat(contents.artifacts().failure()).hasMessageContaining("500");
    }

    @Test
    void readsTheArtifactsOfManyVersionsAndTellsWhichFailed() throws Exception {
        FakeRegistry registry = FakeRegistry.current().models(20);
        registry.fail("model_versions/6/artifacts", 500);
        var outcomes = client(registry).artifacts(List.of("2", "4", "6", "8"));
        assertThat(outcomes.keySet()).containsExactly("2", "4", "6", "8");
        assertThat(outcomes.get("6").failure()).hasMessageContaining("model_versions/6/artifacts");
        assertThat(outcomes.get("8").value().items())
                .singleElement()
                .satisfies(item -> assertThat(item.artifact().uri()).isEqualTo("oci://quay.io/m:4"));
    }
}
