package io.modelconnector.examples.sidecars;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourceSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Models that a test makes up. Its cards can be made to take their time, as those of a distant catalog do. */
public final class MemorySource implements ModelSource {
    private final Map<String, RegisteredModelVersion> versions = new ConcurrentHashMap<>();
    private final Map<ModelCardReference, ModelCard> cards = new ConcurrentHashMap<>();
    private final Map<String, Problem> problems = new ConcurrentHashMap<>();
    private volatile Runnable changed = () -> {};
    private volatile CountDownLatch cardsMayGo = new CountDownLatch(0);
    private volatile CountDownLatch readsMayGo = new CountDownLatch(0);

    /** A model with one version, {@code v1}, and a card. */
    public MemorySource model(String name, String description, String card) {
        String id = Integer.toString(versions.size() + 1);
        ModelCard text = ModelCard.of(new ModelCardReference("lab", "models", name), card);
        cards.put(text.reference(), text);
        ModelArtifact artifact = new ModelArtifact(
                id, ModelArtifact.MODEL_ARTIFACT, "s3://models/" + name, CustomProperties.none(), text.version());
        versions.put(
                name,
                new RegisteredModelVersion(
                        "lab",
                        new RegisteredModel(id, name, false, description, "ml", CustomProperties.none()),
                        new ModelVersion(id, "v1", false, null, CustomProperties.none(), null),
                        List.of(artifact),
                        List.of()));
        changed.run();
        return this;
    }

    public MemorySource problem(String item) {
        problems.put(item, new Problem(item, "has no name; give it one"));
        changed.run();
        return this;
    }

    /** Lets reads wait until the latch is open. */
    public MemorySource readsWaitFor(CountDownLatch latch) {
        readsMayGo = latch;
        return this;
    }

    /** Lets cards wait until the latch is open. */
    public MemorySource cardsWaitFor(CountDownLatch latch) {
        cardsMayGo = latch;
        return this;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void onChange(Runnable listener) {
        changed = listener;
    }

    @Override
    public SourceSnapshot read(ReadContext context) throws InterruptedException {
        readsMayGo.await();
        SourceSnapshot.Builder snapshot = SourceSnapshot.builder();
        versions.values().forEach(snapshot::modelVersion);
        problems.values().forEach(snapshot::problem);
        return snapshot.build();
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        try {
            cardsMayGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(cards.get(reference));
    }

    @Override
    public void close() {}
}
