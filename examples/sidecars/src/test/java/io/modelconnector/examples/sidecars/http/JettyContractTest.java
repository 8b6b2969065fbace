package io.modelconnector.examples.sidecars.http;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.contract.FeedHostContractTest;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.net.URI;

class JettyContractTest extends FeedHostContractTest {
    private final HttpHost host = HttpHost.forReading();
    private ModelFeed feed;

    @Override
    protected URI mount(ModelSource source) {
        feed = ModelFeed.builder().source(source).build();
        feed.start();
        HttpHost.Listener listener = host.bind("--address", ListenAddress.parse("127.0.0.1:0"));
        listener.serve(EndpointHandler.ofFeed(FeedEndpoint.of(feed), host.waiting(), RequestObserver.NONE));
        host.start();
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    @Override
    protected void unmount() {
        host.close();
        feed.close();
    }
}
