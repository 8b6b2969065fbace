package io.modelconnector.core.endpoint;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import java.util.Optional;

/**
 * The documentation of models as a {@link FeedEndpoint} serves it: model cards made fit to be shown, and sites for portals
 * that build documentation from a source tree. {@code connector-techdocs} has one; without any, cards are served as they are
 * and there are no sites. Thread-safe.
 */
public interface ModelDocumentation {
    /**
     * A model card as a portal is to show it. May wait for the card to be read.
     *
     * @param card which card, in the state in which it is known
     * @return the card as Markdown; nothing if there is none
     * @throws io.modelconnector.core.ConnectorException if it cannot be told at the moment
     */
    Optional<Payload> card(CardVersion card);

    /**
     * The card as HTML, for people who look at it with a browser. May wait, as {@link #card} does.
     *
     * <p>What is given is shown as it is, so it has to be safe wherever the card comes from: elements that are all closed, no
     * script, no style, no form, no attribute that acts, nothing that is loaded from elsewhere, links only to http, https and
     * mailto, no {@code id}, and headings from the third level on, because it is a part of a page.
     *
     * @param card which card, in the state in which it is known
     * @return the card as a fragment of HTML; nothing if there is none, or if nobody can write it as HTML, in which case its
     *     Markdown is shown as text. Nothing by default
     * @throws io.modelconnector.core.ConnectorException if it cannot be told at the moment
     */
    default Optional<String> cardHtml(CardVersion card) {
        return Optional.empty();
    }

    /**
     * Whether {@link #card} would answer without waiting, so that a host may answer on a thread that must not wait.
     *
     * @param card which card
     */
    boolean isAtHand(CardVersion card);

    /**
     * The documentation site of an entry. May wait for its model card to be read.
     *
     * @param entry the key of the entry
     * @return the site; nothing if there is no such entry, or nothing to say of it
     * @throws io.modelconnector.core.ConnectorException if it cannot be told at the moment
     */
    default Optional<DocumentationSite> site(EntryKey entry) {
        return Optional.empty();
    }
}
