package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.FULL_READ_INTERVAL;
import static io.modelconnector.rhoai.SourceFixture.REGISTRY;
import static io.modelconnector.rhoai.SourceFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncrementalReadTest {
    private final SourceFixture fixture = new SourceFixture();
    private final FakeRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    private SourcePart readFirst(int models) throws InterruptedException {
        registry.models(models);
        SourcePart first = fixture.read();
        registry.takePaths();
        fixture.catalog.takePaths();
        return first;
    }

    /** Whether the last read was a full one; only these ask for serving environments. */
    private boolean wasFull() {
        return registry.takePaths().contains("/serving_environments");
    }

    @Test
    void costsFiveRequestsWhenNothingChanged() throws Exception {
        SourcePart first = readFirst(500);
        SourcePart second = fixture.read();
        assertThat(registry.takePaths())
                .containsExactlyInAnyOrder(
                        "/registered_models", "/model_versions", "/inference_services", "/artifacts", "/artifacts");
        assertThat(second).as("the very same object").isSameAs(first);
    }

    @Test
    void keepsTheObjectsOfFactsThatDidNotChange() throws Exception {
        SourcePart first = readFirst(300);
        registry.put("registered_models", "1", "description", "changed");
        SourcePart second = fixture.read();
        assertThat(version(second, "2").model().description()).isEqualTo("changed");
        assertThat(version(second, "2")).isNotEqualTo(version(first, "2"));
        for (int i = 2; i <= 300; i++) {
            String id = Integer.toString(2 * i);
            assertThat(version(second, id)).isSameAs(version(first, id));
        }
    }

    @Test
    void keepsTheObjectsAlsoWhenEverythingIsReadAgain() throws Exception {
        SourcePart first = readFirst(300);
        assertThat(fixture.readFresh()).isSameAs(first);
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(fixture.read()).isSameAs(first);
    }

    @Test
    void findsANewModel() throws Exception {
        readFirst(200);
        registry.model("901", "llama").version("902", "901", "v1").artifact("902", "902", "s3://llama");
        SourcePart part = fixture.read();
        assertThat(version(part, "902").artifacts()).hasSize(1);
        assertThat(registry.takePaths())
                .contains("/model_versions/902/artifacts")
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void findsSeveralChangesOfOneMillisecond() throws Exception {
        registry.freezeTime();
        readFirst(150);
        registry.put("registered_models", "1", "description", "a").put("registered_models", "299", "description", "b");
        SourcePart part = fixture.read();
        assertThat(version(part, "300").model().description()).isEqualTo("b");
        fixture.time.advance(FULL_READ_INTERVAL);
        part = fixture.read();
        assertThat(version(part, "2").model().description())
                .as("found by the next full read at the latest")
                .isEqualTo("a");
    }

    @Test
    void seesThatAModelIsArchivedAndRestored() throws Exception {
        readFirst(200);
        registry.put("registered_models", "1", "state", "ARCHIVED");
        assertThat(version(fixture.read(), "2").model().archived()).isTrue();
        registry.put("registered_models", "1", "state", "LIVE");
        SourcePart restored = fixture.read();
        assertThat(version(restored, "2").model().archived()).isFalse();
        assertThat(version(restored, "2").artifacts()).hasSize(1);
    }

    @Test
    void readsTheArtifactsOfAVersionThatIsRestored() throws Exception {
        registry.models(1).put("model_versions", "2", "state", "ARCHIVED");
        readFirst(0);
        registry.put("model_versions", "2", "state", "LIVE");
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(1);
    }

    @Test
    void seesThatAServiceIsUndeployed() throws Exception {
        registry.put("inference_services", "901", "name", "a/b", "modelVersionId", "2", "registeredModelId", "1");
        readFirst(200);
        registry.put("inference_services", "901", "desiredState", "UNDEPLOYED");
        assertThat(version(fixture.read(), "2").inferenceServices())
                .singleElement()
                .satisfies(service -> assertThat(service.deployed()).isFalse());
        assertThat(wasFull()).isFalse();
    }

    @Test
    void readsEverythingWhenANewServiceNamesANewEnvironment() throws Exception {
        readFirst(200);
        registry.put("serving_environments", "900", "name", "team-b")
                .put(
                        "inference_services",
                        "901",
                        "name",
                        "a/b",
                        "modelVersionId",
                        "2",
                        "registeredModelId",
                        "1",
                        "servingEnvironmentId",
                        "900");
        assertThat(version(fixture.read(), "2").inferenceServices())
                .singleElement()
                .satisfies(service -> assertThat(service.namespace()).isEqualTo("team-b"));
        registry.takePaths();
        registry.put("inference_services", "901", "runtime", "vllm");
        fixture.read();
        assertThat(wasFull()).as("the environment is known now").isFalse();
    }

    @Test
    void doesNotReadEverythingAgainForAServiceThatNamesNothingForGood() throws Exception {
        registry.put(
                "inference_services",
                "901",
                "name",
                "a/b",
                "modelVersionId",
                "777",
                "registeredModelId",
                "776",
                "servingEnvironmentId",
                "778");
        readFirst(200);
        registry.put("inference_services", "901", "runtime", "vllm");
        assertThat(fixture.read().problems()).hasSize(1);
        assertThat(wasFull()).isFalse();
    }

    @Test
    void readsEverythingInTheConfiguredInterval() throws Exception {
        readFirst(200);
        fixture.time.advance(FULL_READ_INTERVAL.minusMillis(1));
        fixture.read();
        assertThat(wasFull()).isFalse();
        fixture.time.advance(java.time.Duration.ofMillis(1));
        fixture.read();
        List<String> paths = registry.takePaths();
        assertThat(paths).contains("/serving_environments").hasSize(6 + RegistryArtifacts.RECHECKED_PER_FULL_READ);
    }

    @Test
    void readsEverythingWhenTheFeedDoubts() throws Exception {
        readFirst(200);
        fixture.readFresh();
        assertThat(wasFull()).isTrue();
    }

    @Test
    void readsEverythingWhenAWholePageIsNew() throws Exception {
        readFirst(10);
        registry.models(300);
        assertThat(fixture.read().modelVersions()).hasSize(300);
        assertThat(wasFull()).isTrue();
    }

    @Test
    void noticesADeletionInALargeRegistryWithTheNextFullRead() throws Exception {
        readFirst(200);
        registry.delete("model_versions", "2");
        assertThat(fixture.read().modelVersions()).as("a poll never removes").hasSize(200);
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(fixture.read().modelVersions()).hasSize(199);
    }

    @Test
    void noticesADeletionInASmallRegistryAtOnce() throws Exception {
        readFirst(20);
        registry.delete("model_versions", "2");
        assertThat(fixture.read().modelVersions()).hasSize(19);
        assertThat(wasFull()).isTrue();
    }

    @Test
    void asksAgainWhenAListIsEmptyAllOfASudden() throws Exception {
        SourcePart first = readFirst(30);
        registry.on("v1alpha3/(registered_models|model_versions)\\?", 2, () -> FakeServer.page(""));
        assertThat(fixture.read()).isSameAs(first);
    }

    @Test
    void passesAnEmptyFullReadOnAndFindsEverythingAgainCheaply() throws Exception {
        SourcePart first = readFirst(300);
        registry.on("v1alpha3/(registered_models|model_versions|artifacts)\\?", () -> FakeServer.page(""));
        SourcePart empty = fixture.readFresh();
        assertThat(empty.isComplete()).isTrue();
        assertThat(empty.modelVersions()).isEmpty();
        registry.heal();
        registry.takePaths();
        SourcePart back = fixture.readFresh();
        assertThat(back).isEqualTo(first);
        assertThat(registry.takePaths())
                .as("no more artifacts are read again than by any full read")
                .hasSize(6 + RegistryArtifacts.RECHECKED_PER_FULL_READ);
    }

    @Test
    void keepsWhatItKnowsWhenAReadFails() throws Exception {
        SourcePart first = readFirst(30);
        registry.fail("model_versions", 500);
        assertThat(fixture.read().failure())
                .hasMessageContaining("model_versions")
                .hasMessageContaining("500");
        registry.heal();
        registry.takePaths();
        assertThat(fixture.read()).isSameAs(first);
        assertThat(wasFull()).isFalse();
    }

    @Test
    void keepsAnItemThatMakesNoSenseAnyMore() throws Exception {
        SourcePart first = readFirst(200);
        registry.put("registered_models", "1", "{\"id\":\"1\",\"name\":{}}")
                .put("model_versions", "4", "{\"id\":\"4\",\"registeredModelId\":\"3\",\"state\":7}");
        SourcePart second = fixture.read();
        assertThat(second.modelVersions()).isEqualTo(first.modelVersions());
        assertThat(second.problems())
                .extracting(Problem::item)
                .containsExactly(REGISTRY + "/3/4", REGISTRY + "/registered_models/1");
        registry.takePaths();
        assertThat(fixture.read()).isSameAs(second);
        assertThat(registry.takePaths()).as("it is known to make no sense").hasSize(5);

        registry.model("1", "granite-1").version("4", "3", "v1");
        registry.put("registered_models", "1", "{\"id\":\"1\",\"name\":\"granite-one\"}")
                .put("model_versions", "4", "{\"id\":\"4\",\"registeredModelId\":\"3\",\"name\":\"v1\"}");
        SourcePart mended = fixture.read();
        assertThat(mended.problems()).isEmpty();
        assertThat(version(mended, "2").model().name()).isEqualTo("granite-one");
    }

    @Test
    void removesNothingWhileItCannotBeToldWhichItemMakesNoSense() throws Exception {
        readFirst(3);
        registry.delete("model_versions", "2");
        registry.on(
                "v1alpha3/model_versions\\?",
                () -> FakeServer.page("null,"
                        + "{\"id\":\"4\",\"registeredModelId\":\"3\",\"name\":\"v1\"},"
                        + "{\"id\":\"6\",\"registeredModelId\":\"5\",\"name\":\"v1\"}"));
        SourcePart part = fixture.readFresh();
        assertThat(part.modelVersions()).hasSize(3);
        assertThat(part.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("null instead of an object"));
    }

    @Test
    void readsEverythingFromAServerThatDoesNotSort() throws Exception {
        readFirst(150);
        registry.on("orderBy=LAST_UPDATE_TIME", () -> FakeServer.json(200, """
                {"items":[{"id":"1","name":"granite-1","lastUpdateTimeSinceEpoch":"1"},
                {"id":"3","name":"granite-2","lastUpdateTimeSinceEpoch":"2"}],"nextPageToken":"MQ=="}"""));
        registry.put("registered_models", "1", "description", "changed");
        assertThat(version(fixture.read(), "2").model().description()).isEqualTo("changed");
    }
}
