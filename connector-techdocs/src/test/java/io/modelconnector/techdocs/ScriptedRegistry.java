package io.modelconnector.techdocs;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry and its catalog, which have what the test says. */
final class ScriptedRegistry implements ModelSource {
    private final Map<Integer, RegisteredModelVersion> versions = new ConcurrentSkipListMap<>();
    private final Map<ModelCardReference, ModelCard> cards = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private volatile boolean failing;
    private volatile Runnable changed = () -> {};

    /** Adds or replaces a version; the models of one name are one, and versions with greater ids are newer. */
    void version(int id, String model, String name, ModelCard card) {
        if (card != null) {
            cards.put(card.reference(), card);
        }
        versions.put(
                id,
                new RegisteredModelVersion(
                        "public",
                        new RegisteredModel(model, model, false, model + " of IBM", "maya", CustomProperties.none()),
                        new ModelVersion(
                                "" + id,
                                name,
                                false,
                                null,
                                CustomProperties.none(),
                                Instant.parse("2026-03-01T10:00:00Z").plusSeconds(id)),
                        List.of(new ModelArtifact(
                                "" + id,
                                ModelArtifact.MODEL_ARTIFACT,
                                "oci://registry.example.com/models/" + model,
                                CustomProperties.none(),
                                card == null ? null : card.version())),
                        List.of()));
    }

    void announce() {
        changed.run();
    }

    void failCards(boolean fail) {
        failing = fail;
    }

    /** How often a card was asked for. */
    int asked() {
        return asked.get();
    }

    /** How often that was answered. */
    int given() {
        return given.get();
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public SourceSnapshot read(ReadContext context) {
        return new SourceSnapshot(
                List.of(SourcePart.complete(SourcePart.ONLY, List.copyOf(versions.values()), List.of(), List.of())));
    }

    @Override
    public void onChange(Runnable callback) {
        changed = callback;
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        asked.incrementAndGet();
        if (failing) {
            throw new SourceUnavailableException("reading the model card from the catalog was answered 503");
        }
        given.incrementAndGet();
        return Optional.ofNullable(cards.get(reference));
    }

    @Override
    public void close() {}
}
