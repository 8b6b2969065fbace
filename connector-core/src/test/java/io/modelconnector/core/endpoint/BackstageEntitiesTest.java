package io.modelconnector.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ScriptedSource;
import io.modelconnector.core.format.BackstageEntitiesFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Backstage without any plugin reads. */
@Timeout(60)
class BackstageEntitiesTest {
    private static final String LOCATION = "/backstage/catalog-info.yaml";

    private final ScriptedSource source = ScriptedSource.of("rhoai", Facts.versions(3));
    private ModelFeed feed;
    private FeedEndpoint endpoint;

    @BeforeEach
    void publish() throws InterruptedException {
        feed = feed(source);
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
        endpoint = FeedEndpoint.builder(feed).backstage().build();
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void everyTargetOfTheLocationIsThere() throws IOException {
        List<String> references = new ArrayList<>();
        for (String target : targets()) {
            FeedResponse response = get("/backstage/" + target.substring(2));
            assertThat(response.status()).as(target).isEqualTo(200);
            assertThat(response.headers()).containsEntry("Content-Type", "application/yaml");
            read(response).forEach(entity -> references.add(reference(entity)));
        }

        assertThat(references)
                .containsExactly("Resource:granite-1-140", "Resource:granite-2-140", "Resource:granite-3-140");
    }

    @Test
    void everythingIsInOneDocumentAsWell() throws IOException {
        assertThat(read(get("/backstage/all.yaml")))
                .extracting(BackstageEntitiesTest::reference)
                .containsExactly("Resource:granite-1-140", "Resource:granite-2-140", "Resource:granite-3-140");
    }

    @Test
    void aSecondPassTransfersNoBodyWhereNothingChanged() throws IOException {
        Map<String, String> etags = new HashMap<>();
        List<String> paths = new ArrayList<>(List.of(LOCATION, "/backstage/all.yaml", "/backstage/systems.yaml"));
        targets().forEach(target -> paths.add("/backstage/" + target.substring(2)));
        paths.forEach(path -> etags.put(path, get(path).headers().get("ETag")));

        source.change(ScriptedSource.snapshot(
                Facts.version(1, "granite-1"),
                Facts.version(2, "granite-2"),
                Facts.version(3, "granite-3", "Granite 4, an entirely new model")));
        await().until(() ->
                again("/backstage/entities/granite-3/140.yaml", etags).status() == 200);

        assertThat(again(LOCATION, etags).status()).isEqualTo(304);
        assertThat(again("/backstage/systems.yaml", etags).status()).isEqualTo(304);
        assertThat(again("/backstage/all.yaml", etags).status()).isEqualTo(200);
        FeedResponse unchanged = again("/backstage/entities/granite-1/140.yaml", etags);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body().remaining()).isZero();
    }

    @Test
    void aTargetThatWasListedAMomentAgoCanStillBeRead() throws IOException {
        FeedResponse before = get("/backstage/entities/granite-3/140.yaml");
        source.change(ScriptedSource.snapshot(Facts.version(1, "granite-1"), Facts.version(2, "granite-2")));
        await().until(() -> feed.snapshot().entries().size() == 2);

        assertThat(targets()).containsExactly("./entities/granite-1/140.yaml", "./entities/granite-2/140.yaml");
        assertThat(TestRequest.text(get("/backstage/entities/granite-3/140.yaml")))
                .isEqualTo(TestRequest.text(before));
        assertThat(TestRequest.text(get("/backstage/all.yaml"))).doesNotContain("granite-3");
    }

    @Test
    void theSystemsThatServersNameAreADocumentOfTheirOwn() throws IOException {
        ServedModel chat = declared("ml-prod", "granite-chat", "fraud");
        ServedModel code = declared("ml-prod", "granite-code", "Fraud");
        source.change(
                ScriptedSource.parts(SourcePart.complete(SourcePart.ONLY, List.of(), List.of(chat, code), List.of())));
        await().until(() -> targets().contains("./systems.yaml"));

        assertThat(read(get("/backstage/systems.yaml")))
                .extracting(BackstageEntitiesTest::reference)
                .containsExactly("System:fraud");
        assertThat(read(get("/backstage/all.yaml")))
                .extracting(BackstageEntitiesTest::reference)
                .contains("Component:ml-prod-granite-chat", "API:ml-prod-granite-code", "System:fraud")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/backstage",
                "/backstage/",
                "/backstage/entities/granite-1/150.yaml",
                "/backstage/entities/granite-1/140",
                "/backstage/entities/granite-1.yaml",
                "/backstage/other.yaml",
                "/granite-1/140/.yaml"
            })
    void whatIsNotThereIsNotFound(String path) {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void untilTheEntriesAreKnownNothingIsAnsweredThatWouldDeleteThem() {
        ScriptedSource failing =
                new ScriptedSource("rhoai", ScriptedSource.failure(new SourceUnavailableException("no route to host")));
        try (ModelFeed unpublished = feed(failing)) {
            FeedEndpoint waiting = FeedEndpoint.builder(unpublished).backstage().build();
            for (String path : List.of(
                    LOCATION, "/backstage/all.yaml", "/backstage/systems.yaml", "/backstage/entities/a/b.yaml")) {
                FeedResponse response = waiting.handle(TestRequest.get(path).request());
                assertThat(response.status()).as(path).isEqualTo(503);
                assertThat(response.headers()).containsKey("Retry-After");
            }
        }
    }

    @Test
    void isServedOnlyOnRequestAndOnlyRead() {
        assertThat(FeedEndpoint.of(feed)
                        .handle(TestRequest.get(LOCATION).request())
                        .status())
                .isEqualTo(404);
        assertThat(endpoint.handle(TestRequest.of("POST", LOCATION).request()).status())
                .isEqualTo(405);
        assertThat(endpoint.handle(TestRequest.of("HEAD", LOCATION).request()).status())
                .isEqualTo(200);
    }

    @Test
    void aFeedWithoutTheFormatCannotServeIt() {
        try (ModelFeed plain = ModelFeed.builder().source(source).build()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> FeedEndpoint.builder(plain).backstage().build())
                    .withMessageContaining("BackstageEntitiesFormat");
        }
    }

    private static ServedModel declared(String namespace, String name, String system) {
        ServedModel served = Facts.served(namespace, name);
        return new ServedModel(
                served.kind(),
                namespace,
                name,
                served.created(),
                served.labels(),
                Map.of("rhdh.io/system", system),
                true,
                served.externalUrl(),
                served.internalUrl(),
                false,
                served.artifactUri());
    }

    private static ModelFeed feed(ScriptedSource source) {
        return ModelFeed.builder()
                .source(source)
                .format(new JsonArrayFormat(URI.create("http://localhost:9090")))
                .format(BackstageEntitiesFormat.builder().build())
                .removalGuard(100, 1)
                .build();
    }

    private List<String> targets() throws IOException {
        List<String> targets = new ArrayList<>();
        read(get(LOCATION)).get(0).at("/spec/targets").forEach(target -> targets.add(target.textValue()));
        return targets;
    }

    private FeedResponse get(String target) {
        return endpoint.handle(TestRequest.get(target).request());
    }

    private FeedResponse again(String target, Map<String, String> etags) {
        return endpoint.handle(TestRequest.get(target)
                .header("If-None-Match", etags.get(target))
                .request());
    }

    private static String reference(JsonNode entity) {
        return entity.get("kind").textValue()
                + ':'
                + entity.at("/metadata/name").textValue();
    }

    private static List<JsonNode> read(FeedResponse response) throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(TestRequest.text(response))) {
            return documents.readAll();
        }
    }
}
