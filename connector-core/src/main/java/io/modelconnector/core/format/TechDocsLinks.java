package io.modelconnector.core.format;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.TechDocsUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the documentation of an entry is: what its author named, or else its model card. */
final class TechDocsLinks {
    private final URI base;

    /**
     * Creates the links.
     *
     * @param base where portals reach the endpoint that serves the model cards
     * @throws ConfigurationException if it is no absolute http or https URL
     */
    TechDocsLinks(URI base) {
        String scheme = base.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || base.getHost() == null || hasQueryOrFragment(base)) {
            throw new ConfigurationException("techDocsBase was \"" + base
                    + "\", must be an absolute http or https URL without query and fragment, for instance"
                    + " http://models.example.com:9090");
        }
        this.base = base;
    }

    /** The link of an entry; null if it has neither. */
    @Nullable
    String of(CatalogEntry entry) {
        CardVersion card = entry.card();
        if (entry.techDocsUrl() != null || card == null) {
            return entry.techDocsUrl();
        }
        return TechDocsUrl.ofLocation(base, card.reference()).text();
    }

    private static boolean hasQueryOrFragment(URI uri) {
        return uri.getRawQuery() != null || uri.getRawFragment() != null;
    }
}
