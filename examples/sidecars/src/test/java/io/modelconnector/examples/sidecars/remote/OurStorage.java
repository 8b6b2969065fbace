package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.endpoint.StorageEndpoint;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.examples.sidecars.http.EndpointHandler;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.http.RequestObserver;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A storage-rest of this implementation, in this process. */
final class OurStorage implements AutoCloseable {
    static final String TOKEN = "shared-token";

    private final HttpHost host = HttpHost.forStoring();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final URI base;
    private final StorageEndpoint endpoint;

    OurStorage(EntryStore store) {
        endpoint = StorageEndpoint.builder(store, () -> TOKEN).build();
        HttpHost.Listener listener = host.bind("--address", ListenAddress.parse("127.0.0.1:0"));
        listener.serve(EndpointHandler.ofStore(this::handle, host.waiting(), RequestObserver.NONE));
        base = URI.create("http://127.0.0.1:" + listener.port());
        host.start();
    }

    private FeedResponse handle(FeedRequest request, InputStream body) {
        requests.add(request.method() + ' ' + request.rawPath());
        return endpoint.handle(request, body);
    }

    URI base() {
        return base;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        host.close();
    }
}
