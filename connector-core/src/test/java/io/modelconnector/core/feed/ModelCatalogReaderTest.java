package io.modelconnector.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.format.Payload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogReaderTest {
    private static final EntryKey KEY = new EntryKey("granite", "v1");
    private static final String REQUIRED =
            "\"name\":\"granite-v1\",\"owner\":\"ml\",\"description\":\"Granite\",\"lifecycle\":\"test\"";

    private final JsonArrayFormat format = new JsonArrayFormat(URI.create("http://localhost:9090"));

    @Test
    void readsEverythingThatTheDefaultFormatWrites() {
        Model model = Model.builder("granite-v1", "ml", "Granite – „für alle“", "production")
                .artifactLocationUrl("oci://registry.example.com/granite:1")
                .ethics("be kind")
                .howToUseUrl("https://example.com/how")
                .license("apache-2.0")
                .support("the ML team")
                .training("on text")
                .usage("chat")
                .tags(List.of("ibm", "text"))
                .annotations(Map.of("rhdh.modelcatalog.io/model-name", "granite-v1"))
                .build();
        ModelServer server = ModelServer.builder("granite", "ml", "Granite", "production")
                .api(new ModelServerApi(
                        "https://granite.apps.example.com",
                        ApiType.GRPC,
                        "TBD",
                        List.of("ibm"),
                        Map.of("rhdh.modelcatalog.io/internal-service-url", "http://granite.ml.svc.cluster.local")))
                .authentication(true)
                .homepageUrl("https://example.com")
                .usage("chat")
                .tags(List.of("ibm"))
                .annotations(Map.of("team", "ml"))
                .build();
        ModelCatalog catalog = new ModelCatalog(List.of(model), server);
        CatalogEntry entry = new CatalogEntry(
                KEY,
                catalog,
                null,
                "https://example.com/docs",
                null,
                null,
                new EntryOrigin(EntryOrigin.Kind.REGISTRY, "public/1/2"));

        ModelCatalogReader.Document read = ModelCatalogReader.read(KEY, Payload.of(format.write(entry)));

        assertThat(read.catalog()).isEqualTo(catalog);
        assertThat(read.techDocsUrl()).isEqualTo("https://example.com/docs");
    }

    @Test
    void passesOverWhatItDoesNotKnowAndWhatIsNull() {
        ModelCatalogReader.Document read = read("{\"version\":2,\"modelServer\":null,\"models\":[{" + REQUIRED
                + ",\"tags\":null,\"license\":null,\"annotations\":{\"a\":null,\"b\":\"c\"},\"rating\":[5]}]}");

        assertThat(read.techDocsUrl()).isNull();
        assertThat(read.catalog().modelServer()).isNull();
        Model model = read.catalog().models().get(0);
        assertThat(model.license()).isNull();
        assertThat(model.tags()).isEmpty();
        assertThat(model.annotations()).containsExactly(Map.entry("b", "c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "apiVersion: backstage.io/v1alpha1",
                "{\"models\":{}}",
                "{\"models\":[null]}",
                "{\"models\":[{\"name\":\"granite-v1\"}]}",
                "{\"models\":[{R,\"license\":7}]}",
                "{\"models\":[{R,\"tags\":\"ibm\"}]}",
                "{\"models\":[{R,\"tags\":[1]}]}",
                "{\"models\":[{R,\"annotations\":[]}]}",
                "{\"models\":[{R,\"annotations\":{\"a\":{}}}]}",
                "{\"models\":[{R}],\"modelServer\":\"granite\"}",
                "{\"models\":[{R}],\"modelServer\":{R,\"authentication\":\"yes\"}}",
                "{\"models\":[{R}],\"modelServer\":{R,\"API\":{\"url\":\"u\",\"spec\":\"TBD\",\"type\":\"soap\"}}}",
                "{\"models\":[{R}],\"modelServer\":{R,\"API\":{\"url\":\"u\",\"type\":\"grpc\"}}}"
            })
    void refusesWhatIsNoModelCatalogAndSaysWhose(String document) {
        assertThatThrownBy(() -> read(document.replace("R", REQUIRED)))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageStartingWith("the stored document of granite/v1 ");
    }

    private static ModelCatalogReader.Document read(String document) {
        return ModelCatalogReader.read(KEY, Payload.of(document.getBytes(StandardCharsets.UTF_8)));
    }
}
