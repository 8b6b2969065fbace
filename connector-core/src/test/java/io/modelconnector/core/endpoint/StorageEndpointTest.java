package io.modelconnector.core.endpoint;

import static io.modelconnector.core.endpoint.TestRequest.TOKEN;
import static io.modelconnector.core.endpoint.TestRequest.get;
import static io.modelconnector.core.endpoint.TestRequest.text;
import static io.modelconnector.core.endpoint.TestRequest.write;
import static io.modelconnector.core.store.StoredEntries.base64;
import static io.modelconnector.core.store.StoredEntries.catalog;
import static io.modelconnector.core.store.StoredEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.core.store.UpsertDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageEndpointTest {
    private final FailingStore store = new FailingStore();
    private final List<StoreUpdate> updates = new ArrayList<>();
    private final List<StoreOutcome> outcomes = new ArrayList<>();
    private final StorageEndpoint endpoint = StorageEndpoint.builder(store, () -> TOKEN)
            .onWrite((update, outcome) -> {
                throw new IllegalStateException("a fault in a listener");
            })
            .onWrite((update, outcome) -> {
                updates.add(update);
                outcomes.add(outcome);
            })
            .build();

    @Test
    void saysWhetherAnEntryIsNewOnceItIsStored() throws InterruptedException {
        FeedResponse created = upsert(entry("granite", "v1"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers()).containsEntry("Content-Length", "0");
        assertThat(store.fetch("granite_v1")).isPresent();

        assertThat(upsert(entry("granite", "v1", "Better.")).status()).isEqualTo(200);
        assertThat(upsert(entry("granite", "v1", "Better.")).status()).isEqualTo(200);
        assertThat(outcomes).extracting(StoreOutcome::added).containsExactly(Set.of("granite_v1"), Set.of(), Set.of());
        assertThat(updates.get(0).entries())
                .singleElement()
                .satisfies(told -> assertThat(told.key()).hasToString("granite/v1"));
    }

    @Test
    void keepsWhichSideKnowsAnEntry() throws InterruptedException {
        for (String query :
                List.of("granite_v1&type=kubeflow", "speech_whisper&type=kserve", "llama_v1", "phi_v4&type=")) {
            FeedResponse created = write("POST", "/upsert?key=" + query)
                    .body(UpsertDocument.write(entry("granite", "v1")))
                    .to(endpoint::handle);
            assertThat(created.status()).as(query).isEqualTo(201);
        }
        assertThat(store.fetch("speech_whisper").orElseThrow().type()).isEqualTo("kserve");
        assertThat(store.fetch("llama_v1").orElseThrow().type()).isEqualTo("kubeflow");
        assertThat(store.fetch("phi_v4").orElseThrow().type()).isEqualTo("kubeflow");

        FeedResponse refused = write("POST", "/upsert?key=granite_v1&type=triton")
                .body(new Untouchable())
                .to(endpoint::handle);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("\\\"type\\\"", "kubeflow or kserve", "triton");
    }

    @Test
    void givesBackWhatItWasSent() throws IOException {
        StoredEntry entry = entry("my", "model_v1", "Chat.", StoredCard.of("redhatRedHatAIgranite", "# Granite"));
        upsert(entry);

        FeedResponse fetched = get("/fetch?key=my_model_v1").to(endpoint::handle);

        assertThat(fetched.status()).isEqualTo(200);
        assertThat(fetched.headers()).containsEntry("Content-Type", "application/json");
        JsonNode record = new ObjectMapper().readTree(text(fetched));
        assertThat(record.path("body").textValue()).isEqualTo(base64(catalog("my-model_v1", "Chat.")));
        assertThat(record.path("reconcilerType").textValue()).isEqualTo("kubeflow");
        assertThat(record.path("lastUpdateTimeSinceEpoch").textValue()).isEqualTo("1763020800000");
        assertThat(record.path("locationIDValid").booleanValue()).isFalse();
        assertThat(record.path("entryPath").textValue()).isEqualTo("my/model_v1");
        assertThat(record.path("modelCard").textValue()).isEqualTo("# Granite");
    }

    @Test
    void anUnknownEntryIsUnknown() {
        assertThat(get("/fetch?key=granite_v1").to(endpoint::handle).status()).isEqualTo(404);
        assertThat(get("/fetch?key=not%20a%2Fkey").to(endpoint::handle).status())
                .isEqualTo(404);
        FeedResponse refused = get("/fetch").to(endpoint::handle);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("\\\"key\\\"");
    }

    @Test
    void listsNothingBeforeEverythingThereIsWasNamedOnce() {
        upsert(entry("llama", "v1"));
        upsert(entry("granite", "v1"));

        FeedResponse filling = get("/list").to(endpoint::handle);
        assertThat(filling.status()).isEqualTo(503);
        assertThat(filling.headers()).containsKey("Retry-After");
        String digests =
                "\"digests\":{\"granite_v1\":\"" + entry("granite", "v1").digest() + "\",\"llama_v1\":\""
                        + entry("llama", "v1").digest() + "\"}";
        assertThat(text(get("/list?all=true").to(endpoint::handle)))
                .isEqualTo("{\"keys\":[\"granite_v1\",\"llama_v1\"]," + digests + ",\"complete\":false}");

        assertThat(keySet("?key=granite_v1,llama_v1").status()).isEqualTo(200);
        for (String target : List.of("/list", "/list?all=true", "/list?all=false")) {
            FeedResponse complete = get(target).to(endpoint::handle);
            assertThat(complete.status()).as(target).isEqualTo(200);
            assertThat(text(complete))
                    .isEqualTo("{\"keys\":[\"granite_v1\",\"llama_v1\"]," + digests + ",\"complete\":true}");
        }
        FeedResponse refused = get("/list?all=maybe").to(endpoint::handle);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("\\\"all\\\"");
    }

    @Test
    void anExistingLocationIsToldOfNothing() {
        upsert(entry("granite", "v1"));
        keySet("?key=granite_v1");

        FeedResponse refused = get("/list")
                .header("User-Agent", "go-resty/2.16.3 (https://github.com/go-resty/resty)")
                .to(endpoint::handle);

        // It reads the keys whatever the status is, and would never listen with two of them.
        assertThat(refused.status()).isEqualTo(503);
        assertThat(text(refused)).startsWith("{\"error\":\"").doesNotContain("granite", "keys");
        assertThat(get("/list")
                        .header("User-Agent", "okhttp/5.4.0")
                        .to(endpoint::handle)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void removesWhatAKeySetDoesNotName() {
        upsert(entry("granite", "v1"));
        upsert(entry("llama", "v1"));
        upsert(entry("phi", "v4"));
        updates.clear();

        assertThat(keySet("?key=granite_v1%2C%20llama_v1,,unknown_v1,_v1").status())
                .isEqualTo(200);

        assertThat(listed()).contains("granite_v1", "llama_v1").doesNotContain("phi_v4");
        assertThat(outcomes.get(outcomes.size() - 1).removed()).containsExactly("phi_v4");
        assertThat(updates)
                .singleElement()
                .satisfies(update -> assertThat(update.keySet()).contains("granite_v1", "llama_v1"));
    }

    @Test
    void takesAKeySetAsABody() {
        upsert(entry("granite", "v1"));
        upsert(entry("llama", "v1"));

        assertThat(keySet("", "[\"llama_v1\",\"llama_v1\"]").status()).isEqualTo(200);
        assertThat(listed()).contains("llama_v1").doesNotContain("granite_v1");
        assertThat(keySet("", "[]").status()).isEqualTo(200);
        assertThat(listed()).contains("\"keys\":[]");
    }

    @Test
    void anEmptyKeyRemovesAll() {
        upsert(entry("granite", "v1"));

        // As the existing normalizer says it: no body, and a client that names no type for it.
        assertThat(write("POST", "/currentkeyset?key=").to(endpoint::handle).status())
                .isEqualTo(200);
        assertThat(listed()).contains("\"keys\":[]", "\"complete\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "\"granite_v1\"", "[1]", "[null]", "[\"granite_v1\""})
    void whatIsNoKeySetRemovesNothing(String body) {
        upsert(entry("granite", "v1"));

        FeedResponse refused = keySet("", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).startsWith("{\"error\":\"");
        assertThat(listed()).contains("granite_v1");
    }

    @Test
    void aKeySetWithSomethingThatIsNoKeyRemovesNothing() {
        upsert(entry("granite", "v1"));

        FeedResponse refused = keySet("?key=llama%2Fv1");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("the parameter", "llama/v1", "nothing was removed");
        assertThat(keySet("", "[\"llama_v1\",\"llama/v1\"]").status()).isEqualTo(400);
        assertThat(listed()).contains("granite_v1");
    }

    @Test
    void aMissingKeySetNamesTheParameter() {
        FeedResponse refused = write("POST", "/currentkeyset").to(endpoint::handle);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("\\\"key\\\"");
    }

    @Test
    void aKeySetThatIsNoJsonIsRefused() {
        FeedResponse refused = write("POST", "/currentkeyset")
                .header("Content-Type", "text/plain")
                .body(new Untouchable())
                .to(endpoint::handle);

        assertThat(refused.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/upsert?key=granite_v1,",
        "POST,/currentkeyset?key=,",
        "POST,/upsert?key=granite_v1,Bearer other",
        "POST,/currentkeyset?key=,Basic eA=="
    })
    void writesNeedTheToken(String method, String target, String authorization) {
        upsert(entry("granite", "v1"));
        TestRequest request = TestRequest.of(method, target).body(new Untouchable());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }

        FeedResponse refused = request.to(endpoint::handle);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(listed()).contains("granite_v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/upsert?key=granite_v1|POST",
                "GET|/currentkeyset?key=|POST",
                "DELETE|/currentkeyset?key=|POST",
                "POST|/list|GET, HEAD",
                "DELETE|/fetch?key=granite_v1|GET, HEAD"
            })
    void eachPathNamesItsMethods(String method, String target, String allowed) {
        FeedResponse refused = write(method, target).body(new Untouchable()).to(endpoint::handle);

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.headers()).containsEntry("Allow", allowed);
    }

    @Test
    void anUnknownPathIsUnknown() {
        FeedResponse unknown = get("/lists").to(endpoint::handle);

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(text(unknown)).isEqualTo("{\"error\":\"there is nothing at /lists\"}");
        assertThat(get("/%zz").to(endpoint::handle).status()).isEqualTo(400);
    }

    @Test
    void answersHeadAsGetWithoutABody() {
        keySet("?key=");
        FeedResponse head = TestRequest.of("HEAD", "/list").to(endpoint::handle);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(get("/list").to(endpoint::handle).headers());
        assertThat(head.body().remaining()).isZero();
    }

    @Test
    void aStoreThatCannotBeUsedIsToBeAskedAgain() {
        store.failure = new SourceUnavailableException("writing ConfigMap bac-import-model was answered 503");

        for (FeedResponse response : everyUse()) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsKey("Retry-After");
            assertThat(text(response)).contains("bac-import-model was answered 503");
        }
        assertThat(updates).isEmpty();
        store.failure = null;
        assertThat(upsert(entry("granite", "v1")).status()).isEqualTo(201);
    }

    @Test
    void aStoreThatRefusesSaysWhatIsMissing() {
        store.failure = new SourceRejectedException("writing ConfigMap bac-import-model was refused: needs update");

        for (FeedResponse response : everyUse()) {
            assertThat(response.status()).isEqualTo(500);
            assertThat(text(response)).contains("needs update");
        }
        store.failure = new MalformedResponseException("the record of granite_v1 is no JSON");
        assertThat(text(get("/fetch?key=granite_v1").to(endpoint::handle))).contains("the record of granite_v1");
    }

    @Test
    void aFaultTellsTheClientNothing() {
        store.failure = new IllegalStateException("at io.modelconnector.secret");

        for (FeedResponse response : everyUse()) {
            assertThat(response.status()).isEqualTo(500);
            assertThat(text(response)).doesNotContain("secret", "Exception");
        }
    }

    @Test
    void anInterruptedWriteStaysInterrupted() {
        store.interrupted = true;

        FeedResponse response = upsert(entry("granite", "v1"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsKey("Retry-After");
    }

    private List<FeedResponse> everyUse() {
        return List.of(
                upsert(entry("granite", "v1")),
                keySet("?key=granite_v1"),
                get("/list").to(endpoint::handle),
                get("/fetch?key=granite_v1").to(endpoint::handle));
    }

    private FeedResponse upsert(StoredEntry entry) {
        return write("POST", "/upsert?key=" + entry.key().importKey())
                .body(UpsertDocument.write(entry))
                .to(endpoint::handle);
    }

    private FeedResponse keySet(String query) {
        return write("POST", "/currentkeyset" + query).body(new Untouchable()).to(endpoint::handle);
    }

    private FeedResponse keySet(String query, String body) {
        return write("POST", "/currentkeyset" + query).body(body).to(endpoint::handle);
    }

    private String listed() {
        return text(get("/list?all=true").to(endpoint::handle));
    }
}
