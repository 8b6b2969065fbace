package io.modelconnector.techdocs;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelCardProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A catalog that answers what the test says, and counts how often it was asked. */
final class ScriptedProvider implements ModelCardProvider {
    private final Map<ModelCardReference, String> texts = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RuntimeException failure;
    private volatile CountDownLatch gate;
    private volatile CountDownLatch arrived = new CountDownLatch(1);

    static ModelCardReference reference(String name) {
        return new ModelCardReference("redhat_ai_validated", "RedHatAI", name);
    }

    /** The version of a card that has this text. */
    static CardVersion version(String name, String markdown) {
        return new CardVersion(reference(name), ContentDigest.of(markdown));
    }

    /** A card of whose text nothing is known. */
    static CardVersion anyVersion(String name) {
        return new CardVersion(reference(name), "");
    }

    ScriptedProvider has(String name, String markdown) {
        texts.put(reference(name), markdown);
        return this;
    }

    void lacks(String name) {
        texts.remove(reference(name));
    }

    void fails() {
        failure = new SourceUnavailableException("reading the model card from the catalog was answered 503");
    }

    void failsWith(RuntimeException cause) {
        failure = cause;
    }

    void works() {
        failure = null;
    }

    /** Answers nothing until the latch is counted down. */
    CountDownLatch hangs() {
        arrived = new CountDownLatch(1);
        gate = new CountDownLatch(1);
        return gate;
    }

    void hangsNoMore() {
        CountDownLatch open = gate;
        gate = null;
        open.countDown();
    }

    /** Waits until somebody hangs. */
    void awaitAsked() throws InterruptedException {
        arrived.await();
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        asked.incrementAndGet();
        String text = texts.get(reference);
        CountDownLatch wait = gate;
        arrived.countDown();
        try {
            if (wait != null) {
                wait.await();
            }
        } catch (InterruptedException e) {
            throw new SourceUnavailableException("reading the model card was interrupted", e);
        }
        RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
        return Optional.ofNullable(text).map(markdown -> ModelCard.of(reference, markdown));
    }
}
