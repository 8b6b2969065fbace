package io.modelconnector.core.endpoint;

import static io.modelconnector.core.store.StoredEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.EntryReplica.Loading;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryReplicaTest {
    private static final FeedFormat FORMAT = new JsonArrayFormat(URI.create("http://localhost:9090"));
    private static final ServedFile FILE = ServedFile.of(FORMAT);
    private static final StoredCard CARD = StoredCard.of("redhatRedHatAIgranite", "# Granite");
    private static final StoredCard CARD_KEY = new StoredCard(CARD.key(), "", null);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final EntryReplica replica =
            EntryReplica.builder(FORMAT).nanoTime(nanos::get).build();

    @Test
    void servesNothingUntilItIsLoaded() {
        replica.put(entry("granite", "v1", "Chat.", CARD));

        assertThat(replica.ready()).isFalse();
        assertThat(replica.list()).isEmpty();
        assertThat(read("granite/v1")).isEmpty();
        assertThat(replica.cardVersion(CARD.key()).flatMap(replica::card)).isEmpty();
        FeedEndpoint endpoint = FeedEndpoint.of(replica);
        for (String target : List.of("/list", "/granite/v1/model-catalog.json", "/modelcard?key=" + CARD.key())) {
            FeedResponse response = endpoint.handle(TestRequest.get(target).request());
            assertThat(response.status()).as(target).isEqualTo(503);
            assertThat(response.headers()).containsKey("Retry-After");
        }
    }

    @Test
    void listsWhatWasLoadedInTheOrderOfThePaths() {
        load(entry("granite-3", "v1"), entry("granite", "v10"), entry("granite", "v1"), entry("Llama", "v1"));

        assertThat(list())
                .isEqualTo("{\"uris\":[\"/Llama/v1/model-catalog.json\",\"/granite-3/v1/model-catalog.json\","
                        + "\"/granite/v1/model-catalog.json\",\"/granite/v10/model-catalog.json\"]}");
        assertThat(read("granite/v10")).isPresent();
        assertThat(replica.entry("granite/v10", new ServedFile("catalog-info.yaml", "text/yaml")))
                .isEmpty();
        assertThat(replica.size()).isEqualTo(4);
    }

    @Test
    void anEmptyLoadIsALoad() {
        load();

        assertThat(replica.loaded()).isTrue();
        assertThat(list()).isEqualTo("{\"uris\":[]}");
        assertThat(read("granite/v1")).isEmpty();
    }

    @Test
    void whatIsPushedDuringALoadIsNewerThanWhatIsLoaded() {
        replica.put(entry("gone", "v1"));
        Loading loading = replica.beginLoad();
        replica.put(entry("granite", "v1", "Pushed."));
        replica.put(entry("mistral", "v1", "Pushed."));
        replica.remove("llama_v1");
        loading.complete(List.of(
                entry("granite", "v1", "Loaded."), entry("llama", "v1", "Loaded."), entry("phi", "v4", "Loaded.")));

        assertThat(list()).contains("granite", "mistral", "phi").doesNotContain("llama", "gone");
        assertThat(read("granite/v1"))
                .hasValueSatisfying(text -> assertThat(text).contains("Pushed."));
        assertThat(read("phi/v4")).hasValueSatisfying(text -> assertThat(text).contains("Loaded."));
        assertThat(read("llama/v1")).isEmpty();
    }

    @Test
    void aLaterLoadMayReadOnlyWhatIsDifferent() {
        load(entry("granite", "v1"), entry("llama", "v1"), entry("phi", "v4"));
        Payload before = payload("granite/v1");

        try (Loading loading = replica.beginLoad()) {
            loading.complete(
                    Set.of("granite_v1", "phi_v4"), List.of(entry("phi", "v4", "Better."), entry("qwen", "v3")));
        }

        assertThat(list()).contains("granite", "phi", "qwen").doesNotContain("llama");
        assertThat(payload("granite/v1")).isSameAs(before);
        assertThat(read("phi/v4")).hasValueSatisfying(text -> assertThat(text).contains("Better."));
    }

    @Test
    void onlyTheLastLoadThatWasBegunCounts() {
        Loading first = replica.beginLoad();
        Loading second = replica.beginLoad();

        assertThatIllegalStateException().isThrownBy(() -> first.complete(List.of()));
        first.close();
        assertThat(replica.loaded()).isFalse();
        second.complete(List.of(entry("granite", "v1")));
        second.close();
        assertThatIllegalStateException().isThrownBy(() -> second.complete(List.of()));
        assertThat(list()).contains("granite");
    }

    @Test
    void aLoadThatWasGivenUpChangesNothing() {
        load(entry("granite", "v1"));
        Loading loading = replica.beginLoad();
        loading.close();

        assertThatIllegalStateException().isThrownBy(() -> loading.complete(List.of()));
        assertThat(list()).contains("granite");
    }

    @Test
    void anEntryThatLeftStaysReadableForAMinute() {
        load(entry("granite", "v1", "Chat.", CARD), entry("llama", "v1"));

        assertThat(replica.remove("granite_v1")).isTrue();
        assertThat(replica.remove("granite_v1")).isFalse();
        assertThat(list()).doesNotContain("granite");
        assertThat(replica.size()).isEqualTo(1);
        advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(read("granite/v1")).isPresent();
        assertThat(replica.cardVersion(CARD.key()).flatMap(replica::card)).isPresent();

        advance(Duration.ofNanos(1));
        assertThat(read("granite/v1")).isEmpty();
        assertThat(replica.cardVersion(CARD.key()).flatMap(replica::card)).isEmpty();
    }

    @Test
    void anEntryThatComesBackStays() {
        load(entry("granite", "v1"));
        replica.remove("granite_v1");
        replica.put(entry("granite", "v1", "Back."));
        advance(Duration.ofMinutes(2));
        replica.put(entry("llama", "v1"));

        assertThat(list()).contains("granite", "llama");
        assertThat(read("granite/v1"))
                .hasValueSatisfying(text -> assertThat(text).contains("Back."));
    }

    @Test
    void withoutAGraceAnEntryLeavesAtOnce() {
        EntryReplica strict =
                EntryReplica.builder(FORMAT).departureGrace(Duration.ZERO).build();
        strict.beginLoad().complete(List.of(entry("granite", "v1", "Chat.", CARD)));

        strict.remove("granite_v1");

        assertThat(strict.entry("granite/v1", FILE)).isEmpty();
        assertThat(strict.cardVersion(CARD.key()).flatMap(strict::card)).isEmpty();
    }

    @Test
    void aKeyWhoseSegmentsWereTakenApartOtherwiseMoves() {
        load(entry("my", "model_v1"));
        replica.put(entry("my_model", "v1"));

        assertThat(list()).isEqualTo("{\"uris\":[\"/my_model/v1/model-catalog.json\"]}");
        assertThat(replica.size()).isEqualTo(1);
        assertThat(read("my/model_v1")).as("for those who saw it listed").isPresent();
        advance(Duration.ofMinutes(1));
        assertThat(read("my/model_v1")).isEmpty();
        assertThat(read("my_model/v1")).isPresent();
    }

    @Test
    void theListIsWrittenOnceForManyChanges() {
        load(entry("granite", "v1"));
        Payload before = replica.list().orElseThrow();

        assertThat(replica.put(entry("granite", "v1"))).as("nothing new").isFalse();
        assertThat(replica.put(entry("granite", "v1", "Better."))).isTrue();
        assertThat(replica.list()).containsSame(before);
        for (int i = 0; i < 1000; i++) {
            replica.put(entry("llama", "v" + i));
        }
        Payload after = replica.list().orElseThrow();
        assertThat(after.etag()).isNotEqualTo(before.etag());
        assertThat(replica.list()).containsSame(after);
        assertThat(replica.size()).isEqualTo(1001);
    }

    @Test
    void anEntryThatIsSentAgainKeepsItsPayload() {
        load(entry("granite", "v1"));
        Payload before = payload("granite/v1");

        replica.put(entry("granite", "v1"));

        assertThat(payload("granite/v1")).isSameAs(before);
    }

    @Test
    void entriesShareACardUntilTheLastOfThemIsGone() {
        load(entry("granite", "v1", "Chat.", CARD), entry("granite", "v2", "Chat.", CARD));
        replica.remove("granite_v1");
        advance(Duration.ofMinutes(1));
        assertThat(card(CARD.key())).isEqualTo("# Granite");

        replica.put(entry("granite", "v2", "Without a card."));
        assertThat(replica.cardVersion(CARD.key()).flatMap(replica::card)).isEmpty();
    }

    @Test
    void aCardWithoutItsTextKeepsTheKnownOne() {
        load(entry("granite", "v1", "Chat.", CARD));
        replica.put(entry("granite", "v1", "Better.", CARD_KEY));
        replica.put(entry("granite", "v2", "Chat.", CARD_KEY));
        assertThat(card(CARD.key())).isEqualTo("# Granite");

        replica.put(entry("granite", "v2", "Chat.", StoredCard.of(CARD.key(), "# Granite 4")));
        assertThat(card(CARD.key())).isEqualTo("# Granite 4");
    }

    @Test
    void aCardOfWhichNobodyHasTheTextIsUnknown() {
        load(entry("granite", "v1", "Chat.", CARD_KEY));

        assertThat(replica.cardVersion(CARD.key()).flatMap(replica::card)).isEmpty();
        replica.put(entry("granite", "v1", "Chat.", CARD));
        assertThat(card(CARD.key())).isEqualTo("# Granite");
        assertThat(replica.cardVersion("mistral").flatMap(replica::card)).isEmpty();
    }

    @Test
    void tellsWhatIsNotAsInTheStore() {
        InMemoryEntryStore store = new InMemoryEntryStore();
        StoredCard other = StoredCard.of("mistral", "# Mistral");
        List<StoredEntry> entries = List.of(
                entry("granite", "v1", "Chat.", CARD), entry("llama", "v1"), entry("mistral", "v7", "Code.", other));
        store.write(new StoreUpdate(entries, Set.of("granite_v1", "llama_v1", "mistral_v7"), Map.of()));
        assertThat(replica.listing().complete()).isFalse();

        load(entries.get(0), entries.get(1), entry("mistral", "v7", "Code.", new StoredCard("mistral", "", null)));

        assertThat(replica.listing().complete()).isTrue();
        assertThat(replica.listing().digests().keySet())
                .isEqualTo(store.list().digests().keySet());
        assertThat(differing(store)).containsExactly("mistral_v7");
        replica.put(entries.get(2));
        assertThat(differing(store)).isEmpty();
        replica.put(entry("granite", "v2", "Chat.", StoredCard.of(CARD.key(), "# Granite 4")));
        assertThat(replica.listing().digests().get("granite_v1"))
                .as("the card's text is another one now")
                .isNotEqualTo(store.list().digests().get("granite_v1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1S", "P2D"})
    void refusesAGraceThatMakesNoSense(Duration grace) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EntryReplica.builder(FORMAT).departureGrace(grace))
                .withMessageContaining("departureGrace was " + grace);
    }

    private List<String> differing(InMemoryEntryStore store) {
        List<String> keys = new ArrayList<>();
        store.list().digests().forEach((key, digest) -> {
            if (!digest.equals(replica.listing().digests().get(key))) {
                keys.add(key);
            }
        });
        return keys;
    }

    private void load(StoredEntry... entries) {
        try (Loading loading = replica.beginLoad()) {
            loading.complete(List.of(entries));
        }
    }

    private void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    private String list() {
        return text(replica.list().orElseThrow());
    }

    private String card(String key) {
        return text(replica.cardVersion(key).flatMap(replica::card).orElseThrow());
    }

    private Payload payload(String location) {
        return replica.entry(location, FILE).orElseThrow();
    }

    private Optional<String> read(String location) {
        return replica.entry(location, FILE).map(EntryReplicaTest::text);
    }

    private static String text(Payload payload) {
        return StandardCharsets.UTF_8.decode(payload.bytes()).toString();
    }
}
