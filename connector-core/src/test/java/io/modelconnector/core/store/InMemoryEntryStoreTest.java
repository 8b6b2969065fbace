package io.modelconnector.core.store;

import static io.modelconnector.core.store.StoredEntries.entry;
import static io.modelconnector.core.store.StoredEntries.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryEntryStoreTest {
    private static final StoredCard CARD = StoredCard.of("redhatRedHatAIgranite", "# Granite");

    private final InMemoryEntryStore store = new InMemoryEntryStore();

    @Test
    void saysWhatItHasAndTellsStatesApart() {
        store.write(StoreUpdate.of(List.of(entry("llama", "v1"), entry("granite", "v1"))));

        assertThat(store.list().digests().keySet()).containsExactly("granite_v1", "llama_v1");
        assertThat(store.list().digests())
                .containsEntry("granite_v1", entry("granite", "v1").digest());
        String before = store.list().digests().get("granite_v1");
        store.write(StoreUpdate.of(List.of(entry("granite", "v1", "Better."))));
        assertThat(store.list().digests().get("granite_v1")).isNotEqualTo(before);
        assertThat(text(store.fetch("granite_v1").orElseThrow())).contains("Better.");
        assertThat(store.fetch("mistral_v1")).isEmpty();
    }

    @Test
    void saysWhatWasAddedAndWhatWasRemoved() {
        StoreOutcome first = store.write(StoreUpdate.of(List.of(entry("granite", "v1"), entry("llama", "v1"))));
        StoreOutcome second = store.write(new StoreUpdate(
                List.of(entry("granite", "v1", "Better."), entry("mistral", "v1")),
                Set.of("granite_v1", "mistral_v1", "unknown_v1"),
                Map.of()));

        assertThat(first).isEqualTo(new StoreOutcome(Set.of("granite_v1", "llama_v1"), Set.of(), List.of()));
        assertThat(second).isEqualTo(new StoreOutcome(Set.of("mistral_v1"), Set.of("llama_v1"), List.of()));
        assertThat(store.list().digests()).containsOnlyKeys("granite_v1", "mistral_v1");
    }

    @Test
    void isCompleteOnceItWasGivenAKeySet() {
        store.write(StoreUpdate.of(List.of(entry("granite", "v1"))));
        assertThat(store.list().complete()).isFalse();

        store.write(StoreUpdate.keepingOnly(Set.of("granite_v1")));
        assertThat(store.list().complete()).isTrue();
        assertThat(store.list().digests()).containsOnlyKeys("granite_v1");

        store.write(StoreUpdate.keepingOnly(Set.of()));
        assertThat(store.list().digests()).isEmpty();
    }

    @Test
    void anEntryThatChangesStaysRegistered() {
        PortalRegistration registration = new PortalRegistration("8c1f", "http://localhost:9090/x", true);
        store.write(StoreUpdate.of(List.of(entry("granite", "v1"))));
        store.write(StoreUpdate.of(Map.of("granite_v1", registration, "gone_v1", registration)));
        String digest = store.list().digests().get("granite_v1");

        store.write(StoreUpdate.of(
                List.of(entry("granite", "v1", "Better.").withRegistration(new PortalRegistration("x", "y", true)))));

        assertThat(store.fetch("granite_v1").orElseThrow().registration()).isEqualTo(registration);
        assertThat(store.list().digests()).containsOnlyKeys("granite_v1");
        assertThat(digest).isEqualTo(entry("granite", "v1").digest());
    }

    @Test
    void aNewEntryIsNotRegistered() {
        store.write(StoreUpdate.of(
                List.of(entry("granite", "v1").withRegistration(new PortalRegistration("x", "y", true)))));

        assertThat(store.fetch("granite_v1").orElseThrow().registration()).isEqualTo(PortalRegistration.NONE);
    }

    @Test
    void aCardOfWhichOnlyTheKeyIsSentKeepsItsText() {
        store.write(StoreUpdate.of(List.of(entry("granite", "v1", "Chat.", CARD))));

        store.write(StoreUpdate.of(List.of(entry("granite", "v1", "Better.", new StoredCard(CARD.key(), "", null)))));
        assertThat(store.fetch("granite_v1").orElseThrow().card()).isEqualTo(CARD);

        StoredCard other = new StoredCard("mistral", "", null);
        store.write(StoreUpdate.of(List.of(entry("granite", "v1", "Better.", other))));
        assertThat(store.fetch("granite_v1").orElseThrow().card()).isEqualTo(other);

        store.write(StoreUpdate.of(List.of(entry("granite", "v1", "Better."))));
        assertThat(store.fetch("granite_v1").orElseThrow().card()).isNull();
    }

    @Test
    void whatItGaveAwayDoesNotChange() {
        store.write(StoreUpdate.of(List.of(entry("granite", "v1"))));
        StoreListing before = store.list();

        store.write(StoreUpdate.keepingOnly(Set.of()));
        store.close();

        assertThat(before.digests()).containsOnlyKeys("granite_v1");
        assertThat(before.complete()).isFalse();
    }
}
