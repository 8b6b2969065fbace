package io.modelconnector.core.endpoint.servlet;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.contract.FeedHostContractTest;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.source.ModelSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.io.TempDir;

class TomcatContractTest extends FeedHostContractTest {
    @TempDir
    static Path directory;

    private ModelFeed feed;
    private TomcatHost tomcat;

    @Override
    protected URI mount(ModelSource source) throws LifecycleException {
        feed = ModelFeed.builder().source(source).build();
        feed.start();
        tomcat = new TomcatHost(directory, new FeedServlet(FeedEndpoint.of(feed)::handle))
                .context("/portal", "/models/*")
                .start();
        return tomcat.address().resolve("/portal/models");
    }

    @Override
    protected void unmount() throws IOException {
        feed.close();
        tomcat.close();
    }

    @Override
    protected boolean sendsReasonPhrases() {
        return false;
    }
}
