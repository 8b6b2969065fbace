package io.modelconnector.core.endpoint;

import static io.modelconnector.core.entity.TechDocsUrl.ConnectorCard;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.TechDocsUrl;
import io.modelconnector.core.format.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model cards, by their key and by their reference. */
final class CardPart implements EndpointPart {
    private static final Logger log = LoggerFactory.getLogger(FeedEndpoint.class);
    private static final String PATH = "/modelcard";
    private static final String MARKDOWN = "text/markdown; charset=utf-8";

    private final ServedContent content;
    private final ModelDocumentation documentation;

    CardPart(ServedContent content, ModelDocumentation documentation) {
        this.content = content;
        this.documentation = documentation;
    }

    @Override
    public @Nullable FeedResponse answer(FeedRequest request, String path) throws RefusedException {
        if (!isCard(path)) {
            return null;
        }
        RequestSyntax.requireRead(request);
        if (path.equals(PATH) && isBlank(key(request))) {
            throw new BadRequestException("the parameter \"key\" is missing: /modelcard?key=<card key>");
        }
        ModelDocumentation source = source(request);
        if (!content.ready()) {
            return Responses.notReady(request);
        }
        Optional<CardVersion> card = find(request, path);
        return card.isPresent() ? answer(request, card.get(), source) : noCard(request, path);
    }

    @Override
    public boolean mayWait(FeedRequest request, String path) throws RefusedException {
        if (!isCard(path)) {
            return false;
        }
        Optional<CardVersion> card = find(request, path);
        return card.isPresent() && !source(request).isAtHand(card.get());
    }

    private static boolean isCard(String path) {
        return path.equals(PATH) || path.startsWith(PATH + '/');
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static @Nullable String key(FeedRequest request) throws BadRequestException {
        return RequestSyntax.parameter(request.rawQuery(), "key");
    }

    /** With {@code raw=true} the card is served as its author wrote it. */
    private ModelDocumentation source(FeedRequest request) throws BadRequestException {
        String raw = RequestSyntax.parameter(request.rawQuery(), "raw");
        if (raw == null || raw.equals("false")) {
            return documentation;
        }
        if (raw.equals("true")) {
            return content;
        }
        throw new BadRequestException("the parameter \"raw\" is neither true nor false");
    }

    private Optional<CardVersion> find(FeedRequest request, String path) throws BadRequestException {
        if (path.equals(PATH)) {
            String key = key(request);
            return key == null ? Optional.empty() : content.cardVersion(key);
        }
        // The path as it came: which slashes are a part of a name, and which separate, is to be seen only there.
        return TechDocsUrl.parse(request.rawPath())
                .filter(ConnectorCard.class::isInstance)
                .map(url -> ((ConnectorCard) url).card())
                .flatMap(reference -> content.cardVersion(reference.key())
                        .filter(card ->
                                card.reference().isKeyOnly() || card.reference().equals(reference)));
    }

    private static FeedResponse answer(FeedRequest request, CardVersion version, ModelDocumentation source)
            throws RefusedException {
        try {
            Optional<Payload> card = source.card(version);
            return card.isPresent()
                    ? Responses.payload(request, card.get(), MARKDOWN)
                    : noCard(request, version.reference().toString());
        } catch (ConnectorException e) {
            log.warn(
                    "the model card {} cannot be served: {}",
                    RequestSyntax.printable(version.reference().toString()),
                    e.getMessage());
            return Responses.unavailable(request, "the model card cannot be read at the moment");
        }
    }

    private static FeedResponse noCard(FeedRequest request, String what) throws BadRequestException {
        String key = key(request);
        return Responses.error(
                request, 404, "there is no model card " + RequestSyntax.printable(key == null ? what : key));
    }
}
