package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.GRANITE_CARD;
import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.Facts.versionWithCard;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static io.modelconnector.core.feed.ScriptedStore.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the texts of model cards get into the store, and back. */
@Timeout(60)
class StoredCardsTest extends FeedFixture {
    private static final int MEGABYTE = 1 << 20;

    private final ScriptedStore store = new ScriptedStore();
    private final ScriptedSource source = ScriptedSource.of("rhoai", versionWithCard(1, "granite"));

    @Test
    void anEntryWhoseCardCannotBeReadIsStoredWithoutItsTextWhichFollows() throws InterruptedException {
        source.failCards(DOWN);
        start(builder(source).pollInterval(SHORT).store(store));

        StoredEntry without = store.awaitWrite().entries().get(0);
        assertThat(without.card().markdown()).isNull();
        assertThat(without.card().digest()).isEqualTo(GRANITE_CARD.digest());

        source.failCards(null);
        source.card(GRANITE_CARD);

        StoreUpdate update = store.awaitWrite();
        assertThat(keys(update)).containsExactly("granite_140");
        assertThat(update.keySet()).isNull();
        assertThat(store.entry("granite_140").card().markdown()).isEqualTo(GRANITE_CARD.markdown());
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void aCardThatCannotBeReadIsNotWrittenAgainAndAgain() throws InterruptedException {
        source.failCards(DOWN);
        start(builder(source).pollInterval(SHORT).store(store));
        store.awaitWrite();

        assertThat(store.settle()).isEmpty();
        assertThat(feed.health().store().waiting()).isZero();
    }

    @Test
    void theTextOfAnotherStateOfTheCardIsNotStored() throws InterruptedException {
        source.card(ModelCard.of(GRANITE_CARD.reference(), "# Granite 4"));
        start(builder(source).pollInterval(SHORT).store(store));

        assertThat(store.awaitWrite().entries().get(0).card().markdown()).isNull();

        source.card(GRANITE_CARD);
        assertThat(store.awaitWrite().entries().get(0).card().markdown()).isEqualTo(GRANITE_CARD.markdown());
    }

    @Test
    void aCardOfWhichTheStoreKeepsAnEarlierTextIsNotWrittenAgainAndAgain() throws InterruptedException {
        source.card(GRANITE_CARD);
        start(builder(source).store(store));
        store.awaitWrite();

        ModelCard changed = ModelCard.of(GRANITE_CARD.reference(), "# Granite 4");
        source.failCards(DOWN);
        source.change(snapshot(withCard(1, "granite", changed)));

        assertThat(store.awaitWrite().entries().get(0).card().digest()).isEqualTo(changed.digest());
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void aStoreThatKeepsNoTextsIsNotSentThemAgainAndAgain() throws InterruptedException {
        source.card(GRANITE_CARD);
        store.keepsTexts = false;
        start(builder(source).store(store));
        assertThat(withText(store.awaitWrite())).isEqualTo(1);
        store.announce();
        assertThat(withText(store.awaitWrite())).isEqualTo(1);

        assertThat(store.settle()).isEmpty();
    }

    @Test
    void textsThatAreTooLongForOneWriteFollowInTheNext() throws InterruptedException {
        RegisteredModelVersion[] versions = new RegisteredModelVersion[5];
        for (int i = 0; i < versions.length; i++) {
            String name = "granite-" + i;
            ModelCard card = ModelCard.of(
                    new ModelCardReference("redhat_ai_models", "RedHatAI", name), ("#" + i).repeat(2 * MEGABYTE));
            source.card(card);
            versions[i] = withCard(i, name, card);
        }
        source.answer(snapshot(versions));
        start(builder(source).store(store));

        StoreUpdate first = store.awaitWrite();
        assertThat(first.entries()).hasSize(5);
        assertThat(first.keySet()).hasSize(5);
        long stored = withText(first);
        assertThat(stored).isLessThanOrEqualTo(2);
        while (stored < versions.length) {
            long next = withText(store.awaitWrite());
            assertThat(next).isBetween(1L, 2L);
            stored += next;
        }
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void theStoreHasTheCardWhereTheSourceCannotTell() throws InterruptedException {
        source.card(GRANITE_CARD);
        start(builder(source).store(store));
        store.awaitWrite();

        source.failCards(DOWN);

        assertThat(feed.card(GRANITE_CARD.reference())).contains(GRANITE_CARD);
    }

    @Test
    void theStoreHasTheCardWhereTheSourceHasItNoMore() throws InterruptedException {
        source.card(GRANITE_CARD);
        start(builder(source).store(store));
        store.awaitWrite();
        feed.close();

        ScriptedSource other = ScriptedSource.of("rhoai", versionWithCard(1, "granite"));
        start(builder(other).store(store));

        assertThat(feed.card(GRANITE_CARD.reference())).contains(GRANITE_CARD);
    }

    @Test
    void aCardThatNobodyHasIsNotThere() throws InterruptedException {
        start(builder(source).store(store));
        store.awaitWrite();

        assertThat(feed.card(GRANITE_CARD.reference())).isEmpty();
        assertThat(feed.card(new ModelCardReference("redhat_ai_models", "RedHatAI", "unknown")))
                .isEmpty();
    }

    @Test
    void whereNobodyCanTellTheSourcesFailureIsTold() throws InterruptedException {
        source.failCards(DOWN);
        start(builder(source).store(store));
        store.awaitWrite();
        assertThatThrownBy(() -> feed.card(GRANITE_CARD.reference())).isSameAs(DOWN);

        SourceUnavailableException storeDown = new SourceUnavailableException("the store was answered 503");
        store.fetchFailure = storeDown;
        assertThatThrownBy(() -> feed.card(GRANITE_CARD.reference()))
                .isSameAs(DOWN)
                .hasSuppressedException(storeDown);

        source.failCards(null);
        assertThatThrownBy(() -> feed.card(GRANITE_CARD.reference())).isSameAs(storeDown);
    }

    @Test
    void anEarlierTextIsNotTakenForTheCardThatIsPublished() throws InterruptedException {
        source.card(GRANITE_CARD);
        start(builder(source).store(store));
        store.awaitWrite();

        source.failCards(DOWN);
        source.change(snapshot(withCard(1, "granite", ModelCard.of(GRANITE_CARD.reference(), "# Granite 4"))));
        await().until(() -> !feed.snapshot()
                .card(GRANITE_CARD.reference().key())
                .orElseThrow()
                .digest()
                .equals(GRANITE_CARD.digest()));

        assertThatThrownBy(() -> feed.card(GRANITE_CARD.reference())).isSameAs(DOWN);
    }

    @Test
    void aCardThatManyEntriesShareIsAskedForOnceAndStoredWithEach() throws InterruptedException {
        source.card(GRANITE_CARD);
        source.answer(snapshot(withCard(1, "granite", GRANITE_CARD), withCard(2, "granite-lab", GRANITE_CARD)));
        start(builder(source).store(store));

        assertThat(withText(store.awaitWrite())).isEqualTo(2);
        assertThat(store.settle()).isEmpty();
    }

    private static RegisteredModelVersion withCard(int id, String model, ModelCard card) {
        ModelArtifact artifact = new ModelArtifact(
                "" + id,
                ModelArtifact.MODEL_ARTIFACT,
                "oci://registry.example.com/models/" + model + ":1.4.0",
                CustomProperties.none(),
                card.version());
        return version("public", id, model, "IBM Granite", List.of(artifact));
    }

    private static long withText(StoreUpdate update) {
        return update.entries().stream()
                .filter(entry -> entry.card() != null && entry.card().markdown() != null)
                .count();
    }
}
