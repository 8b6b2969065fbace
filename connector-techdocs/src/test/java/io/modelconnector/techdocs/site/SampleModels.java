package io.modelconnector.techdocs.site;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Models as registries have them. */
final class SampleModels {
    static final String CARD = """
            # Granite 3.1 8B Instruct

            A **dense decoder-only** model, see the [paper](https://example.com/granite/paper).

            ## Evaluation

            | Benchmark | Score |
            | --- | --- |
            | MMLU | 65.2 |

            ```python
            print("hello")
            ```
            """;

    private SampleModels() {}

    /** A version with every field. */
    static DocumentedModel full(String card) {
        Model model = Model.builder(
                        "granite-31-8b-lab-140", "ml-platform", "IBM Granite 3.1 8B lab model", "production")
                .artifactLocationUrl("oci://registry.example.com/models/granite:1.4.0")
                .ethics("https://example.com/granite/ethics")
                .howToUseUrl("https://example.com/granite/howto")
                .license("apache-2.0")
                .support("Ask in *#granite*.")
                .training("Tuned with InstructLab.")
                .usage("Chat completions.")
                .tags(List.of("granite", "ibm"))
                .build();
        ModelServer server = ModelServer.builder("granite-31-8b", "ml-platform", "vLLM with Granite", "production")
                .api(api(ApiType.OPENAPI, "https://granite.apps.example.com"))
                .authentication(true)
                .homepageUrl("https://granite.example.com")
                .usage("Chat completions.")
                .build();
        return new DocumentedModel(
                new CatalogEntry(
                        new EntryKey("granite-31-8b-lab", "1-4-0"),
                        new ModelCatalog(List.of(model), server),
                        null,
                        "https://example.com/granite/docs",
                        "group:default/ml-platform",
                        Instant.parse("2026-03-01T22:15:30Z"),
                        new EntryOrigin(EntryOrigin.Kind.REGISTRY, "modelregistry-public/1/2")),
                card);
    }

    static ModelServerApi api(ApiType type, String url) {
        return new ModelServerApi(
                url,
                type,
                "TBD",
                List.of(),
                Map.of(
                        "rhdh.modelcatalog.io/internal-service-url",
                        "http://granite-predictor.ml-prod.svc.cluster.local:8080"));
    }

    /** A version of which only what is required is known. */
    static DocumentedModel plain(String version, String card) {
        return of(
                version,
                Model.builder("granite-31-8b-lab-" + version, "ml-platform", "IBM Granite 3.1 8B lab", "development")
                        .build(),
                card);
    }

    /** A version that is not served. */
    static DocumentedModel of(String version, Model model, String card) {
        return of(version, new ModelCatalog(List.of(model), null), card);
    }

    /** A version of which nothing but its catalog is known. */
    static DocumentedModel of(String version, ModelCatalog catalog, String card) {
        return new DocumentedModel(
                new CatalogEntry(
                        new EntryKey("granite-31-8b-lab", version),
                        catalog,
                        null,
                        null,
                        null,
                        null,
                        new EntryOrigin(EntryOrigin.Kind.REGISTRY, "modelregistry-public/1/1")),
                card);
    }
}
