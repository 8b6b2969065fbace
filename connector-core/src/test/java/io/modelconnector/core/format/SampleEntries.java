package io.modelconnector.core.format;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.util.List;
import java.util.Map;

/** Entries for the tests of formats. */
final class SampleEntries {
    private SampleEntries() {}

    /** A model with every field. */
    static Model fullModel() {
        return Model.builder("granite-31-8b-lab-140", "ml-platform", "IBM Granite 3.1 8B lab model", "production")
                .artifactLocationUrl("oci://registry.example.com/models/granite:1.4.0")
                .ethics("https://example.com/granite/ethics")
                .howToUseUrl("https://example.com/granite/howto")
                .license("apache-2.0")
                .support("https://example.com/granite/support")
                .training("InstructLab")
                .usage("chat completions")
                .tags(List.of("granite", "ibm"))
                .annotations(
                        Map.of("rhdh.modelcatalog.io/model-name", "granite-31-8b-lab-140", "a.example.com/first", "1"))
                .build();
    }

    /** Its server, likewise. */
    static ModelServer fullServer() {
        return ModelServer.builder("granite-31-8b", "ml-platform", "vLLM with Granite", "production")
                .api(new ModelServerApi(
                        "https://granite.apps.example.com",
                        ApiType.GRPC,
                        "{\"openapi\":\"3.1.0\"}",
                        List.of("granite", "ibm"),
                        Map.of(
                                "rhdh.modelcatalog.io/internal-service-url",
                                "http://granite-predictor.ml-prod.svc.cluster.local:8080",
                                "rhdh.modelcatalog.io/external-route-url",
                                "https://granite.apps.example.com")))
                .authentication(true)
                .homepageUrl("https://granite.example.com")
                .tags(List.of("granite", "ibm"))
                .usage("chat completions")
                .annotations(Map.of("example.com/team", "ml-platform"))
                .build();
    }

    /** An entry of a model that is not served. */
    static CatalogEntry entry(Model model, CardVersion card, String techDocsUrl) {
        return entry(new ModelCatalog(List.of(model), null), card, techDocsUrl);
    }

    /** An entry of a model that is not served. */
    static CatalogEntry entry(ModelCatalog catalog, CardVersion card, String techDocsUrl) {
        return new CatalogEntry(
                new EntryKey("granite", "v1"),
                catalog,
                card,
                techDocsUrl,
                null,
                null,
                new EntryOrigin(EntryOrigin.Kind.REGISTRY, "modelregistry-public/1/2"));
    }
}
