package io.modelconnector.rhoai;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The texts of model cards, as they were last seen, up to so many bytes. Thread-safe; runs no thread. */
final class CardStore {
    private static final int ENTRY_OVERHEAD = 128;

    private final Cache<ModelCardReference, Text> texts;

    CardStore(long maxBytes) {
        texts = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((ModelCardReference reference, Text text) -> text.utf8.length + ENTRY_OVERHEAD)
                .executor(Runnable::run)
                .build();
    }

    private static final class Text {
        private final byte[] utf8;
        private final String digest;

        Text(ModelCard card) {
            utf8 = card.markdown().getBytes(StandardCharsets.UTF_8);
            digest = card.digest();
        }
    }

    void put(ModelCard card) {
        Text known = texts.getIfPresent(card.reference());
        if (known != null && known.digest.equals(card.digest())) {
            return;
        }
        texts.put(card.reference(), new Text(card));
    }

    Optional<ModelCard> get(ModelCardReference reference) {
        Text text = texts.getIfPresent(reference);
        return text == null
                ? Optional.empty()
                : Optional.of(new ModelCard(reference, new String(text.utf8, StandardCharsets.UTF_8), text.digest));
    }

    void remove(ModelCardReference reference) {
        texts.invalidate(reference);
    }

    void retain(Set<ModelCardReference> wanted) {
        texts.asMap().keySet().retainAll(wanted);
    }
}
