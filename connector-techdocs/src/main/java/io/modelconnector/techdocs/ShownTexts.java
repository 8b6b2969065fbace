package io.modelconnector.techdocs;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Texts as they are shown. What cannot be cleaned is shown as code, in which nothing has a meaning. Thread-safe. */
final class ShownTexts {
    private static final Logger log = LoggerFactory.getLogger(ModelCards.class);
    private static final Pattern FENCES = Pattern.compile("`{3,}");

    private final CardCleaning cleaning;
    private final int maxCardBytes;
    private final AtomicBoolean toldOfTexts = new AtomicBoolean();

    ShownTexts(CardCleaning cleaning, int maxCardBytes) {
        this.cleaning = cleaning;
        this.maxCardBytes = maxCardBytes;
    }

    /** A model card. Call it once for each of its texts, since it tells what is wrong with that. */
    Payload card(ModelCard card) {
        String markdown = card.markdown();
        String shown;
        if (isTooLarge(markdown)) {
            log.warn("the model card {} is shown as it is written: it has more than {} bytes", card, maxCardBytes);
            shown = asCode(markdown);
        } else {
            shown = cleaned(markdown, card.reference());
        }
        return Payload.of(shown.getBytes(StandardCharsets.UTF_8));
    }

    /** Another text, such as a description. */
    String text(String markdown) {
        return isTooLarge(markdown) ? asCode(markdown) : cleaned(markdown, null);
    }

    private String cleaned(String markdown, @Nullable ModelCardReference card) {
        try {
            return cleaning.clean(markdown, card);
        } catch (RuntimeException | StackOverflowError e) {
            if (card != null) {
                log.warn("the model card {} is shown as it is written, since it cannot be cleaned", card, e);
            } else if (!toldOfTexts.getAndSet(true)) {
                log.warn("texts of models are shown as they are written where they cannot be cleaned; the first", e);
            }
            return asCode(markdown);
        }
    }

    private boolean isTooLarge(String markdown) {
        return markdown.length() > maxCardBytes
                || (markdown.length() > maxCardBytes / 3
                        && markdown.getBytes(StandardCharsets.UTF_8).length > maxCardBytes);
    }

    /** The text in a fence that is longer than any in it, so that nothing in it can end it. */
    static String asCode(String markdown) {
        int longest = 2;
        Matcher fences = FENCES.matcher(markdown);
        while (fences.find()) {
            longest = Math.max(longest, fences.end() - fences.start());
        }
        String fence = "`".repeat(longest + 1);
        String end = markdown.endsWith("\n") ? "" : "\n";
        return fence + "text\n" + markdown + end + fence + '\n';
    }
}
