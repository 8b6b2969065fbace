package io.modelconnector.core.feed;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that answers what the test says, and tells the test when it was read. */
public final class ScriptedSource implements ModelSource {
    /** What a read does. */
    @FunctionalInterface
    public interface Answer {
        SourceSnapshot answer(ReadContext context) throws InterruptedException;
    }

    private final String name;
    private final BlockingQueue<ReadContext> reads = new LinkedBlockingQueue<>();
    private final Map<ModelCardReference, ModelCard> cards = new ConcurrentHashMap<>();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Answer answer;
    private volatile RuntimeException cardFailure;
    private volatile Runnable changed = () -> {};

    public ScriptedSource(String name, Answer answer) {
        this.name = name;
        this.answer = answer;
    }

    /** A source with these versions, complete. */
    public static ScriptedSource of(String name, RegisteredModelVersion... versions) {
        return new ScriptedSource(name, snapshot(versions));
    }

    /** The answer that consists of these versions, complete. */
    public static Answer snapshot(RegisteredModelVersion... versions) {
        return parts(SourcePart.complete(SourcePart.ONLY, List.of(versions), List.of(), List.of()));
    }

    /** The answer that consists of these parts. */
    public static Answer parts(SourcePart... parts) {
        SourceSnapshot snapshot = new SourceSnapshot(List.of(parts));
        return context -> snapshot;
    }

    /** The answer that nothing can be read. */
    public static Answer failure(ConnectorException cause) {
        return context -> {
            throw cause;
        };
    }

    /** Answers this from now on. */
    public void answer(Answer next) {
        this.answer = next;
    }

    /** Answers this from now on, and announces it. */
    public void change(Answer next) {
        answer(next);
        changed.run();
    }

    /** Announces a change, whether or not there is one. */
    public void announce() {
        changed.run();
    }

    public void card(ModelCard card) {
        cards.put(card.reference(), card);
    }

    /** Waits for the next read that this method has not given yet to begin. */
    public ReadContext awaitRead() throws InterruptedException {
        ReadContext context = reads.poll(10, TimeUnit.SECONDS);
        if (context == null) {
            throw new AssertionError("source " + name + " was not read within 10 s");
        }
        return context;
    }

    public int closed() {
        return closed.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SourceSnapshot read(ReadContext context) throws InterruptedException {
        Answer now = answer;
        reads.add(context);
        return now.answer(context);
    }

    @Override
    public void onChange(Runnable callback) {
        this.changed = callback;
    }

    /** Fails from now on when it is asked for a card. */
    public void failCards(RuntimeException cause) {
        this.cardFailure = cause;
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        if (cardFailure != null) {
            throw cardFailure;
        }
        return Optional.ofNullable(cards.get(reference));
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
