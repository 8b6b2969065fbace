package io.modelconnector.examples.benchmarks;

import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.util.ArrayList;
import java.util.List;

/** A source of which one version changes on demand, and everything else stays the same object. */
final class ChangingSource implements ModelSource {
    private final List<RegisteredModelVersion> versions;
    private final List<ServedModel> served;
    private Runnable announce = () -> {};
    private int changes;
    private int reads;

    ChangingSource(int models) {
        this.versions = Platform.versions(models);
        this.served = Platform.served(models);
    }

    @Override
    public String name() {
        return "benchmark";
    }

    @Override
    public synchronized SourceSnapshot read(ReadContext context) {
        reads++;
        notifyAll();
        return new SourceSnapshot(
                List.of(SourcePart.complete(SourcePart.ONLY, new ArrayList<>(versions), served, List.of())));
    }

    @Override
    public synchronized void onChange(Runnable changed) {
        this.announce = changed;
    }

    void changeOne() {
        Runnable callback;
        synchronized (this) {
            changes++;
            versions.set(0, Platform.version(1, "Change number " + changes));
            callback = announce;
        }
        callback.run();
    }

    synchronized int reads() {
        return reads;
    }

    synchronized int awaitReadAfter(int known) throws InterruptedException {
        while (reads <= known) {
            wait();
        }
        return reads;
    }

    @Override
    public void close() {}
}
