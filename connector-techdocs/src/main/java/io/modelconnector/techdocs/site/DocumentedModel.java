package io.modelconnector.techdocs.site;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.entity.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one version of a model. Immutable.
 *
 * @param entry what is published of it
 * @param card its model card as Markdown that is fit to be shown, if it has one; where it is blank, it has none
 */
public record DocumentedModel(CatalogEntry entry, @Nullable String card) {
    /** Checks what is required. */
    public DocumentedModel {
        requireNonNull(entry, "entry");
        card = card == null || card.isBlank() ? null : card;
    }

    /** What people call the version. */
    String version() {
        return entry.key().second();
    }

    /** The name of what the entry is about. */
    String name() {
        if (!entry.catalog().models().isEmpty()) {
            return entry.catalog().models().get(0).name();
        }
        return entry.catalog().modelServer() == null
                ? entry.key().toString()
                : entry.catalog().modelServer().name();
    }

    boolean isServed() {
        return entry.catalog().modelServer() != null;
    }

    boolean saysNothing() {
        return card == null
                && entry.techDocsUrl() == null
                && entry.catalog().models().isEmpty()
                && !isServed();
    }
}
