package io.modelconnector.examples.springboot;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.servlet.FeedServlet;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ModelFeedBuilder;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.file.StaticModelSource;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The feed of all sources of the application, below {@code /models}. It starts and stops with the application. */
@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {
    // tag::embed[]
    @Bean(destroyMethod = "") // The feed closes its sources.
    ModelSource models(@Value("${models.file}") Path file) {
        return StaticModelSource.of(file);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ModelFeed feed(List<ModelSource> sources) {
        ModelFeedBuilder feed = ModelFeed.builder();
        sources.forEach(feed::source);
        return feed.build();
    }

    @Bean
    ServletRegistrationBean<FeedServlet> feedServlet(ModelFeed feed) {
        return new ServletRegistrationBean<>(new FeedServlet(FeedEndpoint.of(feed)::handle), "/models/*");
    }
    // end::embed[]

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> feedClients() {
        return factory -> factory.addServerCustomizers(FeedConfiguration::prepareForPortals);
    }

    /** Names of models may have slashes and percent signs, and a portal opens a connection for each entry at once. */
    private static void prepareForPortals(Server server) {
        UriCompliance anyName = UriCompliance.DEFAULT.with(
                "ANY_NAME", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING);
        for (Connector each : server.getConnectors()) {
            if (each instanceof ServerConnector connector) {
                connector.setAcceptQueueSize(1024);
                connector
                        .getConnectionFactory(HttpConnectionFactory.class)
                        .getHttpConfiguration()
                        .setUriCompliance(anyName);
            }
        }
    }
}
