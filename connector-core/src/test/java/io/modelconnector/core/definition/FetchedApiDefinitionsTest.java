package io.modelconnector.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ScriptedSource;
import io.modelconnector.core.format.BackstageEntitiesFormat;
import io.modelconnector.core.source.SourcePart;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class FetchedApiDefinitionsTest {
    private static final String DOCUMENT = "{\"openapi\":\"3.1.0\",\"paths\":{\"/v1/models\":{}}}";
    private static final ModelServerApi GRANITE = api("https://granite.apps.example.com/", "TBD");

    private final Web web = new Web();

    @Test
    void fetchesTheDocumentBelowTheApiAndTellsOfIt() {
        web.documents.put("https://granite.apps.example.com/openapi.json", DOCUMENT);
        AtomicInteger told = new AtomicInteger();
        try (FetchedApiDefinitions definitions = allowing("*.apps.example.com").build()) {
            definitions.onChange(told::incrementAndGet);

            await().until(() -> definitions.definition(GRANITE).isPresent());
            assertThat(definitions.definition(GRANITE)).contains(DOCUMENT);
            await().untilAsserted(() -> assertThat(told).hasValue(1));
        }
    }

    @Test
    void fetchesItFromWhereItsAuthorSaysThatItIs() {
        web.documents.put("https://docs.example.com/granite.json", DOCUMENT);
        ModelServerApi api = api("https://granite.apps.example.com", "https://docs.example.com/granite.json");
        try (FetchedApiDefinitions definitions = allowing("docs.example.com").build()) {
            await().until(() -> definitions.definition(api).isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example.com",
                "https://apps.example.com.evil.test",
                "https://evilapps.example.com",
                "https://user:password@granite.apps.example.com",
                "ftp://granite.apps.example.com",
                "file:///etc/passwd",
                "http://169.254.169.254/latest",
                "not a url"
            })
    void asksNobodyWhoIsNotAllowed(String url) {
        try (FetchedApiDefinitions definitions =
                allowing("*.apps.example.com", "models.example.com").build()) {
            assertThat(definitions.definition(api(url, "TBD"))).isEmpty();
            assertThat(definitions.definition(api("grpc://x", url))).isEmpty();
        }
        assertThat(web.asked).isEmpty();
    }

    @Test
    void asksOnlyForRestApis() {
        try (FetchedApiDefinitions definitions = allowing("*.apps.example.com").build()) {
            assertThat(definitions.definition(new ModelServerApi(
                            "https://granite.apps.example.com", ApiType.GRPC, "TBD", List.of(), Map.of())))
                    .isEmpty();
        }
        assertThat(web.asked).isEmpty();
    }

    @Test
    void aDocumentThatCannotBeFetchedAnyMoreStaysAsItWas() {
        web.documents.put("https://granite.apps.example.com/openapi.json", DOCUMENT);
        try (FetchedApiDefinitions definitions = allowing("*.apps.example.com")
                .interval(Duration.ofMillis(20))
                .patience(1_000_000)
                .build()) {
            await().until(() -> definitions.definition(GRANITE).isPresent());

            web.documents.put("https://granite.apps.example.com/openapi.json", "<html>login</html>");
            int asked = web.count.get();
            await().until(() -> web.count.get() > asked + 3
                    && definitions.definition(GRANITE).isPresent());
            assertThat(definitions.definition(GRANITE)).contains(DOCUMENT);

            web.documents.put("https://granite.apps.example.com/openapi.json", "{\"swagger\":\"2.0\"}");
            await().until(() -> definitions.definition(GRANITE).orElse("").contains("swagger"));
        }
    }

    @Test
    void keepsNoDocumentThatIsTooLongNorMoreThanIsAllowedAltogether() {
        web.documents.put("https://granite.apps.example.com/openapi.json", DOCUMENT);
        web.documents.put("https://llama.apps.example.com/openapi.json", DOCUMENT);
        ModelServerApi llama = api("https://llama.apps.example.com", "TBD");
        try (FetchedApiDefinitions definitions =
                allowing("*.apps.example.com").maxBytes(10).build()) {
            definitions.definition(GRANITE);
            await().until(() -> web.count.get() == 1);
            assertThat(definitions.definition(GRANITE)).isEmpty();
        }
        try (FetchedApiDefinitions definitions = allowing("*.apps.example.com")
                .maxTotalLength(DOCUMENT.length() + 1)
                .build()) {
            await().until(() -> definitions.definition(GRANITE).isPresent());
            definitions.definition(llama);
            await().until(() -> web.count.get() == 3);
            assertThat(definitions.definition(llama)).isEmpty();
            assertThat(definitions.definition(GRANITE)).isPresent();
        }
    }

    @Test
    void forgetsADocumentThatNobodyAsksFor() {
        web.documents.put("https://granite.apps.example.com/openapi.json", DOCUMENT);
        try (FetchedApiDefinitions definitions = allowing("*.apps.example.com")
                .interval(Duration.ofMillis(5))
                .patience(3)
                .build()) {
            definitions.definition(GRANITE);
            await().until(() -> web.count.get() == 3);
            await().during(Duration.ofMillis(100)).until(() -> web.count.get() == 3);
            assertThat(definitions.definition(GRANITE)).isEmpty();
        }
    }

    @Test
    void afterCloseItAsksForNothing() {
        FetchedApiDefinitions definitions = allowing("*.apps.example.com").build();
        definitions.close();
        definitions.close();

        assertThat(definitions.definition(GRANITE)).isEmpty();
        assertThat(web.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "https://example.com", "example.com:8080", "*.*.example.com"})
    void refusesAHostThatIsNone(String host) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> FetchedApiDefinitions.builder(web, List.of(host)))
                .withMessageContaining("allowed host");
    }

    @Test
    void aPortalSeesTheDefinitionAsSoonAsItIsThere() throws InterruptedException {
        BackstageEntitiesFormat format = BackstageEntitiesFormat.builder().build();
        ScriptedSource source = new ScriptedSource(
                "cluster",
                ScriptedSource.parts(SourcePart.complete(
                        SourcePart.ONLY, List.of(), List.of(Facts.served("ml-prod", "granite")), List.of())));
        try (FetchedApiDefinitions definitions = allowing("*.apps.example.com").build();
                ModelFeed feed = ModelFeed.builder()
                        .source(source)
                        .format(format)
                        .apiDefinitions(definitions)
                        .build()) {
            feed.start();
            assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
            assertThat(document(feed, format)).contains("is not known here");
        }

        web.documents.put("https://granite-ml-prod.apps.example.com/openapi.json", DOCUMENT);
        try (FetchedApiDefinitions definitions = allowing("*.apps.example.com").build();
                ModelFeed feed = ModelFeed.builder()
                        .source(new ScriptedSource(
                                "cluster",
                                ScriptedSource.parts(SourcePart.complete(
                                        SourcePart.ONLY,
                                        List.of(),
                                        List.of(Facts.served("ml-prod", "granite")),
                                        List.of()))))
                        .format(format)
                        .apiDefinitions(definitions)
                        .build()) {
            feed.start();
            await().until(() ->
                    feed.snapshot().published() && document(feed, format).contains("/v1/models"));
        }
    }

    @Test
    void aProviderThatFailsCostsOnlyTheDefinitions() throws InterruptedException {
        BackstageEntitiesFormat format = BackstageEntitiesFormat.builder().build();
        try (ModelFeed feed = ModelFeed.builder()
                .source(new ScriptedSource(
                        "cluster",
                        ScriptedSource.parts(SourcePart.complete(
                                SourcePart.ONLY, List.of(), List.of(Facts.served("ml-prod", "granite")), List.of()))))
                .format(format)
                .apiDefinitions(api -> {
                    throw new IllegalStateException("no definitions today");
                })
                .build()) {
            feed.start();
            assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
            assertThat(document(feed, format)).contains("is not known here");
            assertThat(feed.health().failure()).isNull();
        }
    }

    private FetchedApiDefinitions.Builder allowing(String... hosts) {
        return FetchedApiDefinitions.builder(web, List.of(hosts));
    }

    private static ModelServerApi api(String url, String spec) {
        return new ModelServerApi(url, ApiType.OPENAPI, spec, List.of(), Map.of());
    }

    private static String document(ModelFeed feed, BackstageEntitiesFormat format) {
        return StandardCharsets.UTF_8
                .decode(feed.snapshot()
                        .entries()
                        .get(0)
                        .payload(format)
                        .orElseThrow()
                        .bytes())
                .toString();
    }

    /** What is out there. */
    private static final class Web implements DefinitionFetcher {
        private final Map<String, String> documents = new ConcurrentHashMap<>();
        private final Set<String> asked = ConcurrentHashMap.newKeySet();
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public byte[] fetch(URI url, int maxBytes, Duration timeout) throws IOException {
            asked.add(url.toString());
            String document = documents.get(url.toString());
            count.incrementAndGet();
            if (document == null) {
                throw new IOException("404");
            }
            return document.getBytes(StandardCharsets.UTF_8);
        }
    }
}
