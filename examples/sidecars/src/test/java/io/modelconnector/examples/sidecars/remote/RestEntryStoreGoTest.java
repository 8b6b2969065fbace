package io.modelconnector.examples.sidecars.remote;

import static io.modelconnector.examples.sidecars.remote.SampleEntries.entry;
import static io.modelconnector.examples.sidecars.remote.SampleEntries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside the existing Go storage-rest. */
class RestEntryStoreGoTest {
    private static final StoredEntry GRANITE = entry("granite-31-8b", "v1", "Chat and summaries.");
    private static final StoredEntry UNDERSCORED = entry("my_model", "v1", "Has an underscore in its name.");

    private GoStorage storage;
    private RestEntryStore store;

    @BeforeEach
    void start() throws IOException {
        storage = new GoStorage();
        store = RestEntryStore.builder(storage.base())
                .bearerToken(() -> "shared-token\n")
                .build();
    }

    @AfterEach
    void close() {
        store.close();
        storage.close();
    }

    @Test
    void listsItsKeysAsCompleteAndWithoutDigests() throws Exception {
        store.write(StoreUpdate.of(List.of(GRANITE)));

        assertThat(store.list()).isEqualTo(StoreListing.of(Map.of("granite-31-8b_v1", ""), true));
    }

    @Test
    void takesANullListForAnEmptyOne() throws Exception {
        storage.listsNull();

        assertThat(store.list().digests()).isEmpty();
    }

    @Test
    void takesEachAnswerOf201ForStoredAndTellsWhatIsNew() throws Exception {
        assertThat(store.write(StoreUpdate.of(List.of(GRANITE))).added()).containsExactly("granite-31-8b_v1");
        assertThat(store.write(StoreUpdate.of(List.of(GRANITE))).added()).isEmpty();
        assertThat(storage.requests()).contains("POST /upsert?key=granite-31-8b_v1&type=kubeflow");
    }

    @Test
    void fetchesAnEntryAsItWasSent() throws Exception {
        store.write(StoreUpdate.of(List.of(GRANITE, UNDERSCORED)));

        assertThat(store.fetch("granite-31-8b_v1").map(SampleEntries::text)).hasValue(text(GRANITE));
        assertThat(store.fetch("my_model_v1").map(StoredEntry::key)).hasValue(UNDERSCORED.key());
    }

    @Test
    void findsNothingWhereTheRecordHasNoBody() throws Exception {
        assertThat(store.fetch("granite-31-8b_v9")).isEmpty();
    }

    @Test
    void takesATruncatedKeyForTheKeyItIsOf() throws Exception {
        store.write(StoreUpdate.of(List.of(UNDERSCORED)));
        assertThat(storage.keys()).containsExactly("my_model");

        assertThat(store.list().digests().keySet()).containsExactly("my_model_v1");
    }

    @Test
    void keepsWhatItsKeySetNamesThoughTheKeysAreTruncated() throws Exception {
        store.write(StoreUpdate.of(List.of(GRANITE, UNDERSCORED)));
        store.write(StoreUpdate.keepingOnly(Set.of("my_model_v1")));

        assertThat(storage.keys()).containsExactly("my_model");
        assertThat(storage.requests()).contains("POST /currentkeyset?key=my_model%2Cmy_model_v1");
    }

    @Test
    void neverSendsAKeySetInABody() throws Exception {
        List<StoredEntry> many = SampleEntries.many(1000);
        store.write(StoreUpdate.of(many));
        Set<String> keys = many.stream().map(entry -> entry.key().importKey()).collect(Collectors.toSet());

        store.write(StoreUpdate.keepingOnly(keys));

        assertThat(storage.keys()).hasSize(1000);
    }

    @Test
    void removesEverythingWhenThereIsNothing() throws Exception {
        store.write(StoreUpdate.of(List.of(GRANITE)));
        assertThat(store.write(StoreUpdate.keepingOnly(Set.of())).removed()).containsExactly("granite-31-8b_v1");

        assertThat(storage.keys()).isEmpty();
    }

    @Test
    void sendsNoKeyOfACardWithoutItsText() throws Exception {
        store.write(StoreUpdate.of(List.of(GRANITE.withCard(new StoredCard("labgranite", "0123", null)))));

        assertThat(storage.keys()).containsExactly("granite-31-8b_v1");
        assertThat(Upserts.withoutUnkeptCard(GRANITE.withCard(new StoredCard("labgranite", "0123", null)))
                        .card())
                .isNull();
    }

    @Test
    void sendsTheSharedTokenWithEachRequest() throws Exception {
        store.write(StoreUpdate.of(List.of(GRANITE)));
        store.write(StoreUpdate.keepingOnly(Set.of("granite-31-8b_v1")));

        assertThat(storage.authorizations()).hasSize(3).containsOnly("Bearer shared-token");
    }

    @Test
    void givesUpAServerThatKeepsFailing() throws Exception {
        store.list();
        storage.failing(500);

        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> store.write(StoreUpdate.of(SampleEntries.many(200))))
                .withMessageContaining("was answered 500");
        assertThat(storage.count("POST /upsert")).isLessThan(20);
    }

    @Test
    void saysThatSomethingElseIsAtTheAddress() {
        storage.failing(404);

        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> store.list())
                .withMessageContaining("STORAGE_URL");
    }
}
