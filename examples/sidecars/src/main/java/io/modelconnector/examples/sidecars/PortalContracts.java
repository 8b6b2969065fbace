package io.modelconnector.examples.sidecars;

import io.modelconnector.core.definition.FetchedApiDefinitions;
import io.modelconnector.core.endpoint.ConnectorContract;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import io.modelconnector.core.endpoint.page.FeedPage;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ModelFeedBuilder;
import io.modelconnector.core.format.BackstageEntitiesFormat;
import io.modelconnector.core.format.ConnectorJsonFormat;
import io.modelconnector.examples.sidecars.settings.PortalSettings;
import io.modelconnector.examples.sidecars.settings.RegistryCalls;
import io.modelconnector.kserve.backstage.BackstageTokenAuthenticator;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.net.URI;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What a feed is read by beside the location contract: newer portals, portals without a plugin, and people. Each needs its
 * formats in the feed and its routes in the endpoint.
 */
final class PortalContracts {
    private static final String REMEDY = "set BKSTG_URL or CONNECTOR_TOKEN for the program so that others may ask";
    private static final String PAGE_REMEDY = "set FEED_PAGE=true for the program so that others see it";

    private final PortalSettings settings;
    private final RequestAuthenticator authenticator;
    private final @Nullable FetchedApiDefinitions definitions;

    private PortalContracts(
            PortalSettings settings, RequestAuthenticator authenticator, @Nullable FetchedApiDefinitions definitions) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.definitions = definitions;
    }

    /**
     * Makes what the settings ask for, which asks nobody yet.
     *
     * @param cluster whose CA is trusted as well; null if there is none
     * @throws io.modelconnector.core.ConfigurationException if the certificates cannot be used
     */
    static PortalContracts of(PortalSettings settings, Lifetime lifetime, @Nullable KubernetesAccess cluster) {
        return new PortalContracts(
                settings, authenticator(settings, lifetime, cluster), definitions(settings, lifetime, cluster));
    }

    private static RequestAuthenticator authenticator(
            PortalSettings settings, Lifetime lifetime, @Nullable KubernetesAccess cluster) {
        URI backstage = settings.backstage();
        String token = settings.token();
        if (backstage == null) {
            return token == null
                    ? RequestAuthenticator.loopbackOnly(REMEDY)
                    : RequestAuthenticator.fixedToken(() -> token);
        }
        BackstageTokenAuthenticator.Builder tokens = BackstageTokenAuthenticator.builder(backstage)
                .httpClient(lifetime.add(HttpCalls.trusting(
                                RegistryCalls.trusting("BKSTG_CA_FILE", settings.backstageCaFile(), cluster)
                                        .build()))
                        .client());
        if (!settings.plugins().isEmpty()) {
            tokens.subjects(Set.copyOf(settings.plugins()));
        }
        return lifetime.add(tokens.build());
    }

    private static @Nullable FetchedApiDefinitions definitions(
            PortalSettings settings, Lifetime lifetime, @Nullable KubernetesAccess cluster) {
        if (settings.definitionHosts().isEmpty()) {
            return null;
        }
        OkHttpClient client = lifetime.add(
                        HttpCalls.trusting(RegistryCalls.trusting("API_DEFINITION_HOSTS", null, cluster)
                                .build()))
                .client();
        return lifetime.add(FetchedApiDefinitions.builder(
                        (url, maxBytes, timeout) -> HttpCalls.fetch(client, url, maxBytes, timeout),
                        settings.definitionHosts())
                .build());
    }

    /** Adds the formats to a feed that has its first one already. */
    ModelFeedBuilder addFormats(ModelFeedBuilder feed) {
        BackstageEntitiesFormat.Builder entities =
                BackstageEntitiesFormat.builder().aiModelServerApis(settings.aiModelServerApis());
        if (settings.giteaBase() != null) {
            entities.giteaBase(settings.giteaBase());
        }
        if (definitions != null) {
            feed.apiDefinitions(definitions);
        }
        return feed.format(new ConnectorJsonFormat()).format(entities.build());
    }

    /** Adds the routes to the endpoint of a feed that has the formats. */
    FeedEndpoint.Builder addRoutes(FeedEndpoint.Builder endpoint, ModelFeed feed) {
        ConnectorContract contract = ConnectorContract.builder(authenticator)
                .pluginId(settings.pluginId())
                .build();
        endpoint.connector(contract).backstage();
        if (!Boolean.FALSE.equals(settings.page())) {
            FeedPage page = FeedPage.builder(feed)
                    .link("List of the connector contract", URI.create(contract.basePath() + "/list"))
                    .link("Location for a Backstage without a plugin", URI.create("/backstage/catalog-info.yaml"))
                    .build();
            if (settings.page() == null) {
                endpoint.page(page, RequestAuthenticator.loopbackOnly(PAGE_REMEDY));
            } else {
                endpoint.page(page);
            }
        }
        return endpoint;
    }

    /** In words, for the log: who may read the connector contract. */
    String readers() {
        if (settings.backstage() != null) {
            return "plugins of " + settings.backstage();
        }
        return settings.token() == null ? "this machine" : "whoever has CONNECTOR_TOKEN";
    }
}
