package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.endpoint.ModelDocumentation;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model card as it is shown.
 *
 * @param kind what the text is
 * @param text the card, or what there is to say instead of it
 */
record ShownCard(Kind kind, String text) {
    private static final Logger log = LoggerFactory.getLogger(FeedPage.class);

    /** How much of the document a card takes at most. */
    private static final int LONGEST = 320 << 10;

    /** What the text of a card is. */
    enum Kind {
        HTML,
        MARKDOWN,
        NOTE
    }

    /** Reads a card, which may have to be waited for. */
    static ShownCard of(CardVersion card, ModelDocumentation documentation) {
        try {
            Optional<String> html = documentation.cardHtml(card);
            if (html.isPresent() && html.get().length() <= LONGEST) {
                int bytes = html.get().getBytes(StandardCharsets.UTF_8).length;
                if (bytes <= LONGEST) {
                    return new ShownCard(Kind.HTML, html.get());
                }
            }
            return documentation
                    .card(card)
                    .map(ShownCard::markdown)
                    .orElseGet(() -> new ShownCard(Kind.NOTE, "The card is not there any more."));
        } catch (ConnectorException e) {
            log.warn("the model card {} cannot be shown: {}", card.reference(), e.getMessage());
            return new ShownCard(
                    Kind.NOTE, "The card cannot be read at the moment. It is tried again when you reload.");
        }
    }

    private static ShownCard markdown(Payload card) {
        return new ShownCard(
                Kind.MARKDOWN, StandardCharsets.UTF_8.decode(card.bytes()).toString());
    }

    void write(Html html) {
        html.open("section", "aria-labelledby", "card").element("h2", "Model card", "id", "card");
        switch (kind) {
            case HTML -> html.open("div", "class", "card").trusted(text).close("div");
            case NOTE -> html.element("p", text, "class", "empty");
            case MARKDOWN -> {
                html.open(
                        "pre",
                        "class",
                        "wrap",
                        "tabindex",
                        "0",
                        "role",
                        "region",
                        "aria-label",
                        "Model card, Markdown");
                boolean whole = html.text(text, LONGEST);
                html.close("pre");
                if (!whole) {
                    html.element("p", "This is only the beginning; among the links is one to all of it.");
                }
            }
        }
        html.close("section").line();
    }
}
