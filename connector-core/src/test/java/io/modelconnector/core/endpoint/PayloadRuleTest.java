package io.modelconnector.core.endpoint;

import static io.modelconnector.core.endpoint.TestRequest.TOKEN;
import static io.modelconnector.core.endpoint.TestRequest.text;
import static io.modelconnector.core.endpoint.TestRequest.write;
import static io.modelconnector.core.store.StoredEntries.base64;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.format.CatalogInfoYamlFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.StoredEntries;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the existing normalizer sends is stored as it is, whatever else is refused. */
class PayloadRuleTest {
    /** Go leaves empty lists and maps out, orders fields otherwise, writes {@code &} as an escape and may leave texts empty. */
    private static final String GO_REGISTRY_ENTRY =
            "{\"models\":[{\"annotations\":{\"TechDocs\":\"http://localhost:9090/modelcard?key=redhatRedHatAIgranite\","
                    + "\"rhdh.modelcatalog.io/model-name\":\"my_model-v1\"},"
                    + "\"artifactLocationURL\":\"oci://registry.example.com/models/granite:v1\","
                    + "\"description\":\"Chat \\u0026 code\\nfirst version\",\"license\":\"https://example.com/license\","
                    + "\"lifecycle\":\"development\",\"name\":\"my_model-v1\",\"owner\":\"rhdh-rhoai-bridge\","
                    + "\"tags\":[\"granite\",\"last-modified-time-2026-01-12\"]}],"
                    + "\"modelServer\":{\"API\":{\"annotations\":{\"rhdh.modelcatalog.io/internal-service-url\":"
                    + "\"http://granite-predictor.chat.svc.cluster.local:8080\"},\"spec\":\"TBD\",\"type\":\"openapi\","
                    + "\"url\":\"https://granite-chat.apps.example.com\"},\"authentication\":false,\"description\":\"\","
                    + "\"lifecycle\":\"development\",\"name\":\"granite\",\"owner\":\"rhdh-rhoai-bridge\"}}";

    private static final String GO_SERVED_ENTRY =
            "{\"models\":[{\"annotations\":{\"rhdh.modelcatalog.io/model-name\":\"whisper\"},\"description\":\"\","
                    + "\"lifecycle\":\"development\",\"name\":\"speech-whisper\",\"owner\":\"speech\"}]}";

    private static final String GO_YAML_ENTRY =
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  annotations:\n"
                    + "    backstage.io/techdocs-ref: ./\n  name: granite\nspec:\n  dependsOn:\n  - resource:v1\n"
                    + "  lifecycle: development\n  owner: user:rhdh-rhoai-bridge\n  type: model-server\n---\n"
                    + "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata:\n  name: v1\n";

    private final InMemoryEntryStore store = new InMemoryEntryStore();
    private final AtomicInteger writes = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"my_model_v1,kubeflow,my_model/v1", "speech_whisper,kserve,speech/whisper"})
    void storesCatalogsOfTheExistingNormalizer(String key, String type, String path) {
        String payload = type.equals("kserve") ? GO_SERVED_ENTRY : GO_REGISTRY_ENTRY;

        FeedResponse created = send(catalogs(), key, type, base64(payload));

        assertThat(text(created)).isEmpty();
        assertThat(created.status()).isEqualTo(201);
        assertThat(store.fetch(key).orElseThrow().key()).hasToString(path);
        assertThat(stored(key)).isEqualTo(payload);
    }

    @Test
    void storesYamlOfTheExistingNormalizer() {
        FeedResponse created = send(yaml(), "granite_v1", "kubeflow", base64(GO_YAML_ENTRY));

        assertThat(created.status()).isEqualTo(201);
        assertThat(stored("granite_v1")).isEqualTo(GO_YAML_ENTRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null"})
    void anEntryThatTheExistingNormalizerSaysNothingOfIsTakenAndForgotten(String body) {
        byte[] document = ("{\"body\":" + body
                        + ",\"lastUpdateTimeSinceEpoch\":\"\",\"modelCardKey\":\"\",\"modelCard\":\"\"}")
                .getBytes(StandardCharsets.UTF_8);

        FeedResponse taken = write("POST", "/upsert?key=speech_whisper&type=kserve")
                .body(document)
                .to(yaml()::handle);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(writes).hasValue(0);
        assertThat(store.list().digests()).isEmpty();

        FeedResponse refused = write("POST", "/upsert?key=speech_whisper&type=kserve")
                .body(document)
                .to(catalogs()::handle);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("is empty");
    }

    @Test
    void yamlIsNoCatalog() {
        // Served under the name of a catalog it would make a portal drop all that it reads.
        FeedResponse refused = send(catalogs(), "granite_v1", "kubeflow", base64(GO_YAML_ENTRY));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("the payload is not a model catalog: document: is not JSON");
        assertThat(store.list().digests()).isEmpty();
    }

    @Test
    void namesTheFirstViolation() {
        String payload = GO_SERVED_ENTRY.replace("\"owner\":\"speech\"", "\"owner\":null,\"tags\":[1]");

        FeedResponse refused = send(catalogs(), "speech_whisper", "kserve", base64(payload));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("/models/0/owner: must be a string").doesNotContain("tags");
    }

    private StorageEndpoint catalogs() {
        return StorageEndpoint.builder(store, () -> TOKEN)
                .format(new JsonArrayFormat(URI.create("http://localhost:9090")))
                .build();
    }

    private StorageEndpoint yaml() {
        return StorageEndpoint.builder(store, () -> TOKEN)
                .format(new CatalogInfoYamlFormat(URI.create("http://localhost:9090")))
                .onWrite((update, outcome) -> writes.incrementAndGet())
                .build();
    }

    private static FeedResponse send(StorageEndpoint endpoint, String key, String type, String body) {
        return write("POST", "/upsert?key=" + key + "&type=" + type)
                .body("{\"body\":\"" + body
                        + "\",\"lastUpdateTimeSinceEpoch\":\"1763020800000\",\"modelCardKey\":\"\",\"modelCard\":\"\"}")
                .to(endpoint::handle);
    }

    private String stored(String key) {
        return StoredEntries.text(store.fetch(key).orElseThrow());
    }
}
