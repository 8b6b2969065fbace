package io.modelconnector.core.endpoint;

import static io.modelconnector.core.endpoint.TestRequest.TOKEN;
import static io.modelconnector.core.endpoint.TestRequest.get;
import static io.modelconnector.core.endpoint.TestRequest.text;
import static io.modelconnector.core.endpoint.TestRequest.write;
import static io.modelconnector.core.store.StoredEntries.base64;
import static io.modelconnector.core.store.StoredEntries.catalog;
import static io.modelconnector.core.store.StoredEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.core.store.UpsertDocument;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationEndpointTest {
    private static final String UPSERT = "/upsert?key=granite_v1";

    private final EntryReplica replica = EntryReplica.builder(new JsonArrayFormat(URI.create("http://localhost:9090")))
            .build();
    private Supplier<String> token = () -> TOKEN;
    private final LocationEndpoint endpoint = LocationEndpoint.of(replica, () -> token.get());

    @BeforeEach
    void load() {
        replica.beginLoad().complete(List.of(entry("llama", "v1")));
    }

    @Test
    void servesWhatItIsSent() {
        StoredEntry entry = entry("my_model", "v1", "Chat.", StoredCard.of("redhatRedHatAIgranite", "# Granite"));

        FeedResponse created = write("POST", "/upsert?key=my_model_v1")
                .body(UpsertDocument.write(entry))
                .to(endpoint::handle);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers()).containsEntry("Content-Length", "0").doesNotContainKey("Content-Type");
        assertThat(text(get("/list").to(endpoint::handle)))
                .isEqualTo("{\"uris\":[\"/llama/v1/model-catalog.json\",\"/my_model/v1/model-catalog.json\"]}");
        FeedResponse read = get("/my_model/v1/model-catalog.json").to(endpoint::handle);
        assertThat(text(read)).isEqualTo(catalog("my_model-v1", "Chat."));
        assertThat(read.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("ETag", entry.body().etag());
        assertThat(text(get("/modelcard?key=redhatRedHatAIgranite").to(endpoint::handle)))
                .isEqualTo("# Granite");
    }

    @Test
    void takesWhatTheExistingStorageForwards() {
        // The key without its third part, all four fields, and no type.
        FeedResponse created = write("POST", "/upsert?key=my_model")
                .header("Accept", "application/json")
                .body("{\"body\":\"" + base64(catalog("my_model-v1", "Chat."))
                        + "\",\"lastUpdateTimeSinceEpoch\":\"\",\"modelCardKey\":\"\",\"modelCard\":\"\"}")
                .to(endpoint::handle);

        assertThat(created.status()).isEqualTo(201);
        assertThat(text(get("/my/model/model-catalog.json").to(endpoint::handle)))
                .isEqualTo(catalog("my_model-v1", "Chat."));
    }

    @Test
    void answersTheSameToAnEntryThatItHas() {
        assertThat(upsert("granite_v1").status()).isEqualTo(201);
        assertThat(upsert("granite_v1").status()).isEqualTo(201);
    }

    @Test
    void takesWritesBeforeItIsLoaded() {
        EntryReplica empty = EntryReplica.builder(new JsonArrayFormat(URI.create("http://localhost:9090")))
                .build();
        LocationEndpoint starting = LocationEndpoint.of(empty, () -> TOKEN);

        assertThat(write("POST", UPSERT).body(document()).to(starting::handle).status())
                .isEqualTo(201);
        assertThat(get("/list").to(starting::handle).status()).isEqualTo(503);
        assertThat(get("/granite/v1/model-catalog.json").to(starting::handle).status())
                .isEqualTo(503);
        empty.beginLoad().complete(List.of(entry("granite", "v1")));
        assertThat(get("/granite/v1/model-catalog.json").to(starting::handle).status())
                .isEqualTo(200);
    }

    @Test
    void removesWhatItHasAndWhatItDoesNotHave() {
        assertThat(write("DELETE", "/remove?key=llama_v1").to(endpoint::handle).status())
                .isEqualTo(200);
        assertThat(write("DELETE", "/remove?key=llama_v1").to(endpoint::handle).status())
                .isEqualTo(200);

        assertThat(text(get("/list").to(endpoint::handle))).isEqualTo("{\"uris\":[]}");
        assertThat(get("/llama/v1/model-catalog.json").to(endpoint::handle).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer other", "Basic dXNlcjpwYXNz", "Bearer " + TOKEN + "x"})
    void writesNeedTheToken(String authorization) {
        for (TestRequest request :
                List.of(TestRequest.of("POST", UPSERT), TestRequest.of("DELETE", "/remove?key=llama_v1"))) {
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            FeedResponse refused = request.body(new Untouchable()).to(endpoint::handle);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headers())
                    .containsEntry("WWW-Authenticate", "Bearer")
                    .containsEntry("Content-Type", "application/json");
            assertThat(text(refused)).startsWith("{\"error\":\"").doesNotContain(TOKEN);
        }
        assertThat(text(get("/list").to(endpoint::handle))).contains("llama");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer " + TOKEN, "BEARER  " + TOKEN, "Bearer " + TOKEN + " "})
    void theNameOfTheSchemeHasNoCase(String authorization) {
        FeedResponse created = TestRequest.of("POST", UPSERT)
                .header("Authorization", authorization)
                .body(document())
                .to(endpoint::handle);

        assertThat(created.status()).isEqualTo(201);
    }

    @Test
    void readsNeedNoToken() {
        assertThat(get("/list").to(endpoint::handle).status()).isEqualTo(200);
        assertThat(get("/list")
                        .header("Authorization", "Bearer other")
                        .to(endpoint::handle)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenWithALineEndInItsSecretIsTheSame() {
        token = () -> TOKEN + "\n";

        assertThat(upsert("granite_v1").status()).isEqualTo(201);
    }

    @Test
    void writesWaitWhileTheTokenCannotBeRead() {
        token = () -> {
            throw new SourceUnavailableException("reading the file token failed");
        };
        FeedResponse unavailable = upsert("granite_v1");
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.headers()).containsKey("Retry-After");
        assertThat(text(unavailable)).contains("reading the file token failed");

        token = () -> {
            throw new IllegalStateException("the token is " + TOKEN);
        };
        assertThat(upsert("granite_v1").status()).isEqualTo(503);
        assertThat(text(upsert("granite_v1"))).doesNotContain(TOKEN);

        token = () -> " ";
        FeedResponse none = TestRequest.of("POST", UPSERT)
                .header("Authorization", "Bearer ")
                .body(document())
                .to(endpoint::handle);
        assertThat(none.status()).isEqualTo(503);

        token = () -> TOKEN;
        assertThat(upsert("granite_v1").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/upsert?key=granite_v1|POST",
                "PUT|/upsert?key=granite_v1|POST",
                "POST|/remove?key=granite_v1|DELETE",
                "GET|/remove?key=granite_v1|DELETE",
                "POST|/list|GET, HEAD",
                "DELETE|/llama/v1/model-catalog.json|GET, HEAD",
                "POST|/modelcard?key=x|GET, HEAD"
            })
    void eachPathNamesItsMethods(String method, String target, String allowed) {
        FeedResponse refused = write(method, target).body(new Untouchable()).to(endpoint::handle);

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.headers()).containsEntry("Allow", allowed);
        assertThat(text(refused)).startsWith("{\"error\":\"");
    }

    @Test
    void anUnknownPathIsUnknownWhateverTheMethod() {
        for (String path : List.of("/", "/upsert/", "/fetch", "/upsert%2F")) {
            FeedResponse unknown = write("POST", path).body(new Untouchable()).to(endpoint::handle);
            assertThat(unknown.status()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?key=",
                "?other=granite_v1",
                "?key=granite",
                "?key=granite_",
                "?key=_v1",
                "?key=a%2Fb_v1",
                "?key=../b_v1",
                "?key=granite%0a_v1",
                "?key=granite%00_v1",
                "?key=gr%C3%A4nite_v1",
                "?key=granite+3_v1",
                "?key=.._v1",
                "?key=granite_v1&key=llama_v1"
            })
    void aKeyThatIsNoneIsRefusedByName(String query) {
        for (FeedResponse refused : List.of(
                write("POST", "/upsert" + query).body(new Untouchable()).to(endpoint::handle),
                write("DELETE", "/remove" + query).to(endpoint::handle))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.headers()).containsEntry("Content-Type", "application/json");
            assertThat(text(refused))
                    .startsWith("{\"error\":\"")
                    .contains("\\\"key\\\"")
                    .doesNotContain("\n");
        }
    }

    @Test
    void aKeyThatIsTooLongForAConfigMapIsRefused() {
        String first = "a".repeat(126);

        assertThat(upsert(first + '_' + first).status()).isEqualTo(201);
        FeedResponse refused = upsert(first + '_' + "b".repeat(127));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("254 characters", "253");
        assertThat(text(upsert("c" + "_" + "b".repeat(129)))).contains("128 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"body\":7}", "{\"body\":\"*\"}", "{\"body\":\"e30=\""})
    void aBodyThatCannotBeReadIsRefused(String body) {
        FeedResponse refused = write("POST", UPSERT).body(body).to(endpoint::handle);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).startsWith("{\"error\":\"the body cannot be read: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|document: is empty",
                "kind: Component|document: is not JSON",
                "{\"models\":[{\"name\":\"granite\"}]}|/models/0/description: is required",
                "{}|/models: is required",
                "[]|document: must be an object"
            })
    void aPayloadThatAPortalWouldStumbleOverIsRefused(String payload, String violation) {
        FeedResponse refused = write("POST", UPSERT)
                .body("{\"body\":\"" + base64(payload) + "\"}")
                .to(endpoint::handle);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains(violation);
        assertThat(replica.size()).isEqualTo(1);
    }

    private FeedResponse upsert(String key) {
        return write("POST", "/upsert?key=" + key).body(document()).to(endpoint::handle);
    }

    private static byte[] document() {
        return UpsertDocument.write(entry("granite", "v1"));
    }
}
