package io.modelconnector.core.feed;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.source.ModelCardProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources for the texts of the cards that the store lacks. One that cannot be read, or that the store does not keep,
 * is tried again at a later check, ever more seldom; and one check neither waits long for cards nor gathers many bytes of
 * them. Used by one thread.
 */
final class CardTexts {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);
    /** So much text is held at once; the rest follows with the next check. */
    private static final long LENGTH_AT_ONCE = 8L << 20;

    private static final Duration TIME_AT_ONCE = Duration.ofSeconds(5);
    /** So many in a row: whoever has the cards is down. */
    private static final int FAILURES_AT_ONCE = 10;

    private static final int LONGEST_DELAY = 16;

    private final ModelCardProvider sources;
    private final Duration interval;
    private final Map<CardVersion, Attempts> attempts = new HashMap<>();

    // These are of one check.
    private final Map<CardVersion, Optional<String>> read = new HashMap<>();
    private long length;
    private long began;
    private int failures;
    private boolean left;

    private record Attempts(int number, long notBefore) {}

    /**
     * Texts of cards.
     *
     * @param sources who is asked
     * @param interval how long a card is left alone after the first time, and half as long as after the second
     */
    CardTexts(ModelCardProvider sources, Duration interval) {
        this.sources = sources;
        this.interval = interval;
    }

    /** Begins a check, which forgets the texts of the last one. */
    void begin() {
        read.clear();
        length = 0;
        failures = 0;
        left = false;
        began = System.nanoTime();
    }

    /** Ends a check. */
    void end() {
        read.clear();
    }

    /** Forgets all cards but these. */
    void retain(Set<CardVersion> cards) {
        attempts.keySet().retainAll(cards);
    }

    /** The store has the text of a card. */
    void kept(CardVersion card) {
        attempts.remove(card);
    }

    /** Whether there are texts that were not asked for only because others came before. */
    boolean left() {
        return left;
    }

    /**
     * The text of a card in just that version, if there is one to be had now.
     *
     * @param card which card
     * @param again whether the store lacks nothing else, perhaps because it does not keep the text
     */
    Optional<String> text(CardVersion card, boolean again) {
        Optional<String> known = read.get(card);
        if (known != null) {
            return known;
        }
        Attempts earlier = attempts.get(card);
        boolean due = earlier == null || System.nanoTime() - earlier.notBefore() >= 0;
        if (!due || failures >= FAILURES_AT_ONCE) {
            return Optional.empty();
        }
        if (length >= LENGTH_AT_ONCE || System.nanoTime() - began >= TIME_AT_ONCE.toNanos()) {
            left = true;
            return Optional.empty();
        }
        Optional<String> text = ask(card);
        read.put(card, text);
        if (again || text.isEmpty()) {
            attempts.put(card, next(earlier));
        }
        length += text.map(String::length).orElse(0);
        return text;
    }

    private Attempts next(@Nullable Attempts earlier) {
        int number = earlier == null ? 1 : earlier.number() + 1;
        int times = Math.min(1 << Math.min(number - 1, LONGEST_DELAY), LONGEST_DELAY);
        return new Attempts(
                number, System.nanoTime() + interval.multipliedBy(times).toNanos());
    }

    private Optional<String> ask(CardVersion card) {
        try {
            Optional<String> text = sources.card(card.reference())
                    .map(ModelCard::markdown)
                    .filter(found -> ContentDigest.of(found).equals(card.digest()));
            failures = 0;
            if (text.isEmpty()) {
                log.debug("no source has the model card {} as it was when it was last read", card.reference());
            }
            return text;
        } catch (ConnectorException e) {
            failures++;
            log.debug("the model card {} is stored without its text for now", card.reference(), e);
            return Optional.empty();
        }
    }
}
