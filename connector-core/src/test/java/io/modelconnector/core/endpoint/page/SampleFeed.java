package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ScriptedSource;
import io.modelconnector.core.format.CatalogInfoYamlFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A feed of two sources as a platform would have it: two registries, and the models that a cluster serves. */
final class SampleFeed implements AutoCloseable {
    static final ModelCard CARD = ModelCard.of(
            new ModelCardReference("redhat_ai_models", "RedHatAI", "granite 3.1"),
            "# Granite 3.1 8B Instruct\n\nA model for *instructions*, in twelve languages – and code.\n");
    static final SourceUnavailableException DOWN = new SourceUnavailableException(
            "listing model versions of registry \"research\" was answered 503 by https://research-registry.example.com;"
                    + " see whether its pod is ready");

    private static final URI BASE = URI.create("http://models.example.com:9090");
    private static final String[] FAMILIES = {
        "granite", "llama", "mistral", "qwen", "phi", "gemma", "falcon", "whisper", "bge-reranker", "churn-forest"
    };
    private static final String[] KINDS = {"instruct", "base", "code", "vision", "embedding", "guard", "chat", "fp8"};

    final ScriptedSource registries;
    final ScriptedSource cluster;
    final ModelFeed feed;

    private SampleFeed(SourcePart... parts) {
        registries = new ScriptedSource("registries", ScriptedSource.parts(parts));
        registries.card(CARD);
        cluster = new ScriptedSource(
                "cluster",
                ScriptedSource.parts(SourcePart.complete(
                        "ai-models",
                        List.of(),
                        List.of(Facts.served("ai-models", "fraud-scorer"), Facts.served("ai-models", "ticket-triage")),
                        List.of())));
        feed = ModelFeed.builder()
                .source(registries)
                .source(cluster)
                .format(new JsonArrayFormat(BASE))
                .format(new CatalogInfoYamlFormat(BASE))
                .pollInterval(Duration.ofHours(1))
                .build();
    }

    /** A small feed: five models, two of them served, one with a card, one with a problem. */
    static SampleFeed small() throws InterruptedException {
        return new SampleFeed(publicRegistry(), research(version(30, "whisper", "Turns speech into text."))).start();
    }

    /** A feed with these versions in a registry, beside what is served. */
    static SampleFeed of(RegisteredModelVersion... versions) throws InterruptedException {
        return new SampleFeed(SourcePart.complete("public", List.of(versions), List.of(), List.of())).start();
    }

    /** A feed with about so many entries, each with a description, some of them with problems. */
    static SampleFeed large(int count) throws InterruptedException {
        List<RegisteredModelVersion> versions = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int id = 1; id <= count - 2; id++) {
            String name = FAMILIES[id % FAMILIES.length] + '-' + (id / 80 + 1) + "b-" + KINDS[id / 10 % KINDS.length];
            versions.add(version(
                    id,
                    name + '-' + id,
                    "Variant " + id + " of " + name
                            + ", for chat, retrieval and summaries in the tools of the support desk;"
                            + " reviewed by the model board, hosted in two regions."));
            if (id % 20 == 0) {
                problems.add(new Problem(
                        versions.get(id - 1).id(),
                        "its property \"howToUse\" is no URL and was left out; correct it in the registry"));
            }
        }
        return new SampleFeed(SourcePart.complete("public", versions, List.of(), problems)).start();
    }

    /** A version whose artifact has {@link #CARD}, or another card of the same reference. */
    static RegisteredModelVersion withCard(int id, String model, String description, ModelCard card) {
        ModelArtifact artifact = new ModelArtifact(
                "7",
                ModelArtifact.MODEL_ARTIFACT,
                "oci://registry.example.com/models/" + model + ":1.4.0",
                CustomProperties.none(),
                card.version());
        return Facts.version("public", id, model, description, List.of(artifact));
    }

    static RegisteredModelVersion version(int id, String model, String description) {
        return Facts.version(id, model, description);
    }

    /** The second registry fails from now on, and its models are what they were. */
    SampleFeed withResearchDown() {
        registries.change(ScriptedSource.parts(publicRegistry(), SourcePart.failed("research", DOWN)));
        await().until(() -> feed.health().sources().get(0).status() == HealthStatus.STALE);
        return this;
    }

    private SampleFeed start() throws InterruptedException {
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(30))).isTrue();
        return this;
    }

    private static SourcePart publicRegistry() {
        RegisteredModelVersion llama =
                version(12, "llama-3.3-70b-instruct", "Large assistant for drafting and analysis.");
        return SourcePart.complete(
                "public",
                List.of(
                        withCard(
                                11,
                                "granite-3.1-8b-instruct",
                                "General assistant for chat, summaries and answers over documents.",
                                CARD),
                        llama),
                List.of(),
                List.of(new Problem(
                        llama.id(),
                        "its property \"howToUse\" is \"see wiki\", which is no URL, and was left out; correct it in the"
                                + " registry")));
    }

    private static SourcePart research(RegisteredModelVersion... versions) {
        return SourcePart.complete("research", List.of(versions), List.of(), List.of());
    }

    @Override
    public void close() {
        feed.close();
    }
}
