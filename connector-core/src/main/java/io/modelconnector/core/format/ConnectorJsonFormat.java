package io.modelconnector.core.format;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.TechDocsUrl;
import io.modelconnector.core.internal.UriList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The format of the connector contract, which newer providers of Backstage poll: the JSON of the default format, with these
 * differences.
 *
 * <ul>
 *   <li>Each model's annotation {@code techdocs} is the documentation that its author named, or else the model card as a path
 *       below the base of the contract
 *   <li>The server's annotations repeat what its operators say of it as {@code rhdh.io/system}, {@code rhdh.io/serverType},
 *       {@code rhdh.io/default} and {@code rhdh.io/api-entity-ref}
 *   <li>Where operators name the models that the server answers for, each of the names is a model
 *   <li>What would make the provider drop everything that it has read, or Backstage refuse the entity, is left out; owners are
 *       bare names, since the provider takes each for a user's
 * </ul>
 *
 * <p>A provider shows servers only: an entry that is not served is written, and ignored there. Immutable and thread-safe.
 */
public final class ConnectorJsonFormat implements FeedFormat {
    static final String NAME = "ConnectorJsonFormat";

    private static final ModelCatalogWriter WRITER = new ModelCatalogWriter("techdocs");

    @Override
    public String name() {
        return NAME;
    }

    /** Not a part of any path in the connector contract. */
    @Override
    public String fileName() {
        return "connector.json";
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public boolean inLocationContract() {
        return false;
    }

    @Override
    public byte[] write(CatalogEntry entry) {
        return write(entry, loss -> {});
    }

    @Override
    public byte[] write(CatalogEntry entry, Consumer<String> losses) {
        ModelCatalog catalog = new ConnectorDialect(entry, losses).catalog();
        return WRITER.write(catalog, techDocs(entry));
    }

    /** The keys of the entries, without slashes around them: {@code {"uris":["<segment>/<segment>",…]}}. */
    @Override
    public byte[] writeList(List<CatalogEntry> entries) {
        return UriList.write(
                entries.stream().map(CatalogEntry::key).map(EntryKey::toString).iterator());
    }

    private static @Nullable String techDocs(CatalogEntry entry) {
        CardVersion card = entry.card();
        if (entry.techDocsUrl() != null || card == null) {
            return entry.techDocsUrl();
        }
        return TechDocsUrl.ofConnector(null, card.reference()).text();
    }
}
