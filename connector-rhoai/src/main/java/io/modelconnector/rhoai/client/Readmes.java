package io.modelconnector.rhoai.client;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.source.RegisteredModel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the readmes of registered models out of their list while it is read, so that they need not be in memory all at once.
 *
 * @param registry the registry's name
 * @param limit how long they may be
 * @param taker takes them, each time that they are read
 */
record Readmes(String registry, CardLimit limit, Consumer<ModelCard> taker) {
    static final String FIELD = "readme";

    /** The model with what matters of its readme. A bad one costs only itself; of an archived model nobody needs any. */
    ListedModel listed(RegisteredModel model, ItemFields fields) throws UnreadableFieldException {
        CardVersion version = null;
        String problem = null;
        if (!model.archived() && !model.name().isBlank()) {
            try {
                CardAnswer answer = limit.answer(ReadmeReference.of(registry, model.name()), fields.text(FIELD));
                version = version(answer);
                problem = problem(answer);
            } catch (UnreadableFieldException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        return new ListedModel(model.withCard(version), problem, fields.time(ItemKind.LAST_UPDATE));
    }

    private @Nullable CardVersion version(CardAnswer answer) {
        if (answer instanceof CardAnswer.Found found) {
            taker.accept(found.card());
            return found.card().version();
        }
        return null;
    }

    private static @Nullable String problem(CardAnswer answer) {
        return answer instanceof CardAnswer.TooLong tooLong
                ? FIELD + " is longer than " + tooLong.limit() + " bytes (maxCardBytes)"
                : null;
    }
}
