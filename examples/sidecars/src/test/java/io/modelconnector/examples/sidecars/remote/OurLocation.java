package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.endpoint.EntryReplica;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.endpoint.LocationEndpoint;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.examples.sidecars.http.EndpointHandler;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.http.RequestObserver;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A location of this implementation, in this process. */
final class OurLocation implements AutoCloseable {
    static final String TOKEN = "shared-token";

    private final HttpHost host = HttpHost.forReading();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final URI base;
    private volatile EntryReplica replica = newReplica();

    OurLocation() {
        HttpHost.Listener listener = host.bind("--address", ListenAddress.parse("127.0.0.1:0"));
        listener.serve(EndpointHandler.of(
                this::handle, request -> !request.method().equals("GET"), host.waiting(), RequestObserver.NONE));
        base = URI.create("http://127.0.0.1:" + listener.port());
        host.start();
    }

    private static EntryReplica newReplica() {
        return EntryReplica.builder(new JsonArrayFormat(URI.create("http://localhost:9090")))
                .departureGrace(Duration.ZERO)
                .build();
    }

    private FeedResponse handle(FeedRequest request, InputStream body) {
        String query = request.rawQuery() == null ? "" : '?' + request.rawQuery();
        requests.add(request.method() + ' ' + request.rawPath() + query);
        return LocationEndpoint.of(replica, () -> TOKEN).handle(request, body);
    }

    URI base() {
        return base;
    }

    EntryReplica replica() {
        return replica;
    }

    /** Says that it knows now what it serves. */
    OurLocation loaded() {
        replica.beginLoad().complete(replica.listing().digests().keySet(), List.of());
        return this;
    }

    /** Loses everything and does not know what it serves, as after a start. */
    void restart() {
        replica = newReplica();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    void forgetRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        host.close();
    }
}
