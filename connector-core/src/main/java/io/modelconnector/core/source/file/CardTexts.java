package io.modelconnector.core.source.file;

import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The distinct texts of the cards of a file, up to a total size. Cards whose texts are equal share one. */
final class CardTexts {
    private final Map<String, Text> texts = new HashMap<>();
    private long bytesLeft;

    /**
     * Starts with none.
     *
     * @param maxBytes how large all of them may be together, as UTF-8
     */
    CardTexts(long maxBytes) {
        bytesLeft = maxBytes;
    }

    /** The text to use for all cards that read so; null if there is no room for it, and there never will be. */
    @Nullable
    Text share(String markdown) {
        Text known = texts.get(markdown);
        if (known != null) {
            return known;
        }
        byte[] utf8 = markdown.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > bytesLeft) {
            return null;
        }
        bytesLeft -= utf8.length;
        Text text = new Text(markdown, ContentDigest.of(utf8));
        texts.put(markdown, text);
        return text;
    }

    /**
     * What any number of cards may say.
     *
     * @param markdown the text
     * @param digest its digest, see {@link ModelCard}
     */
    record Text(String markdown, String digest) {
        ModelCard card(ModelCardReference reference) {
            return new ModelCard(reference, markdown, digest);
        }
    }
}
