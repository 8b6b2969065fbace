package io.modelconnector.techdocs;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/** Cards of a scripted catalog, whose time stands still until a test moves it. */
abstract class ModelCardsFixture {
    static final String GRANITE = "# Granite 3.1 8B\n\nA dense decoder-only model.\n";
    static final String GRANITE_2 = "# Granite 3.1 8B\n\nA dense decoder-only model, tuned again.\n";

    final ScriptedProvider catalog = new ScriptedProvider();
    final AtomicLong now = new AtomicLong();
    ModelCards cards;

    @AfterEach
    void closeAndCheckThatNothingIsLeft() {
        if (cards != null) {
            cards.close();
        }
        Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("modelconnector-cards")));
    }

    /** With the time of the test. */
    ModelCardsBuilder builder() {
        return ModelCards.builder(catalog).clock(now::get);
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    String shown(CardVersion card) {
        return text(cards.card(card)).orElse(null);
    }

    static Optional<String> text(Optional<Payload> card) {
        return card.map(
                payload -> StandardCharsets.UTF_8.decode(payload.bytes()).toString());
    }
}
