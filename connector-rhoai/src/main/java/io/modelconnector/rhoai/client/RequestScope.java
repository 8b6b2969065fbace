package io.modelconnector.rhoai.client;

import java.util.ArrayList;
import java.util.List;

/** Requests that are made side by side and end together: closing the scope cancels what is not done. Not thread-safe. */
final class RequestScope implements AutoCloseable {
    private final Upstream upstream;
    private final List<Pending<?>> started = new ArrayList<>();

    RequestScope(Upstream upstream) {
        this.upstream = upstream;
    }

    <T> Pending<T> start(Work<T> work) {
        Pending<T> pending = upstream.start(work);
        started.add(pending);
        return pending;
    }

    @Override
    public void close() {
        started.forEach(Pending::cancel);
    }
}
