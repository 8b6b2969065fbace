package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.endpoint.ModelDocumentation;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.format.Payload;
import java.util.Optional;

/** Documentation that knows no card. */
final class NoDocumentation implements ModelDocumentation {
    @Override
    public Optional<Payload> card(CardVersion card) {
        return Optional.empty();
    }

    @Override
    public boolean isAtHand(CardVersion card) {
        return true;
    }
}
