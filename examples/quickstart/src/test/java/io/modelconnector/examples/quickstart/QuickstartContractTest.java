package io.modelconnector.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import io.modelconnector.core.endpoint.contract.FeedHostContractTest;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.source.ModelSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

class QuickstartContractTest extends FeedHostContractTest {
    private ModelFeed feed;
    private HttpServer server;

    @Override
    protected URI mount(ModelSource source) throws IOException {
        feed = ModelFeed.builder().source(source).build();
        server = Quickstart.serve(feed, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Override
    protected void unmount() {
        server.stop(0);
        feed.close();
    }
}
