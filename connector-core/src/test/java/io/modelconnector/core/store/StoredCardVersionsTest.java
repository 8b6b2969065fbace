package io.modelconnector.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredCardVersionsTest {
    private static final ModelCardReference GRANITE =
            new ModelCardReference("redhat_ai_validated", "RedHatAI", "granite-3.1-8b");

    @Test
    void knowsTheCardsThatEntriesHave() {
        StoredCard card = StoredCard.of(GRANITE.key(), "# Granite");
        InMemoryEntryStore store = new InMemoryEntryStore();
        store.write(StoreUpdate.of(
                List.of(StoredEntries.entry("granite", "v1", "Chat", card), StoredEntries.entry("llama", "v1"))));
        StoredCardVersions known = new StoredCardVersions(store);

        assertThat(known.apply(GRANITE)).contains(new CardVersion(GRANITE, card.digest()));
        assertThat(known.apply(new ModelCardReference("redhat_ai_validated", "RedHatAI", "llama")))
                .isEmpty();
    }

    @Test
    void hasNoneWhileTheStoreCannotBeRead() {
        EntryStore store = new EntryStore() {
            @Override
            public StoreListing list() {
                throw new SourceUnavailableException("listing the store failed: 503", null);
            }

            @Override
            public Optional<StoredEntry> fetch(String importKey) {
                return Optional.empty();
            }

            @Override
            public StoreOutcome write(StoreUpdate update) {
                throw new SourceUnavailableException("writing to the store failed: 503", null);
            }

            @Override
            public void close() {}
        };

        assertThat(new StoredCardVersions(store).apply(GRANITE)).isEmpty();
    }
}
