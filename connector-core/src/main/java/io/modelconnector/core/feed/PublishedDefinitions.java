package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.source.ApiDefinitionProvider;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds to entries what their servers publish as the definitions of their APIs. Only the publishing thread touches it. */
final class PublishedDefinitions {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);

    private final @Nullable ApiDefinitionProvider provider;
    private boolean failed;

    /**
     * Creates it.
     *
     * @param provider who knows them; null if nobody does
     */
    PublishedDefinitions(@Nullable ApiDefinitionProvider provider) {
        this.provider = provider;
    }

    /** The same with the definitions. A provider that fails costs only these. */
    Standing addedTo(Standing standing) {
        if (provider == null) {
            return standing;
        }
        try {
            List<CatalogEntry> entries = standing.entries().stream()
                    .map(entry -> addedTo(entry, provider))
                    .toList();
            if (failed) {
                log.info("the definitions of APIs can be asked for again");
                failed = false;
            }
            return new Standing(entries, standing.stoodIn(), standing.complete(), standing.early());
        } catch (RuntimeException e) {
            if (!failed) {
                log.warn("the definitions of APIs are left out: asking for them failed", e);
                failed = true;
            }
            return standing;
        }
    }

    private static CatalogEntry addedTo(CatalogEntry entry, ApiDefinitionProvider provider) {
        ModelServer server = entry.catalog().modelServer();
        ModelServerApi api = server == null ? null : server.api();
        if (server == null || api == null) {
            return entry;
        }
        Optional<String> definition = provider.definition(api);
        return definition.isEmpty()
                ? entry
                : entry.withCatalog(new ModelCatalog(
                        entry.catalog().models(), server.withApi(api.withPublished(definition.get()))));
    }
}
