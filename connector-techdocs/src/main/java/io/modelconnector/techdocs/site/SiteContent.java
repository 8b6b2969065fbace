package io.modelconnector.techdocs.site;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What goes into a {@link TechDocsSite}. Immutable.
 *
 * @param model what the site is about
 * @param otherVersions other versions of that model, each with a page of its own, in the order in which they are shown
 * @param omittedVersions how many further versions there are, which have no page
 */
public record SiteContent(DocumentedModel model, List<DocumentedModel> otherVersions, int omittedVersions) {
    /** Copies the list. */
    public SiteContent {
        requireNonNull(model, "model");
        otherVersions = List.copyOf(otherVersions);
    }

    /** A model of which one version is known. */
    public static SiteContent of(DocumentedModel model) {
        return new SiteContent(model, List.of(), 0);
    }
}
