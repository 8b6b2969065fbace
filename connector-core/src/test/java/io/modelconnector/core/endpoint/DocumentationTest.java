package io.modelconnector.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ScriptedSource;
import io.modelconnector.core.format.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint with documentation of its own: cards made fit to be shown, and sites. */
@Timeout(60)
class DocumentationTest {
    private static final String KEY = "key=redhat_ai_modelsRedHatAIgranite3.1";
    private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";
    private static final byte[] ARCHIVE = new byte[5000];
    private static final String COMMIT = "/api/v1/repos/granite/140/git/commits/main";

    private final ScriptedSource source = new ScriptedSource(
            "rhoai", ScriptedSource.snapshot(Facts.versionWithCard(1, "granite"), Facts.version(2, "llama")));
    private final ShownDocumentation documentation = new ShownDocumentation();
    private ModelFeed feed;
    private FeedEndpoint endpoint;

    @BeforeEach
    void publish() throws InterruptedException {
        source.card(Facts.GRANITE_CARD);
        feed = ModelFeed.builder().source(source).build();
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
        endpoint = FeedEndpoint.builder(feed).documentation(documentation).build();
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void aCardIsServedAsTheDocumentationShowsItUnderBothOfItsAddresses() {
        FeedResponse byKey = get("/modelcard", KEY);
        FeedResponse byName = get("/modelcard/redhat_ai_models/RedHatAI/granite%203.1", null);

        assertThat(text(byKey)).isEqualTo("# Granite 3.1, cleaned\n");
        assertThat(byKey.headers()).containsEntry("Content-Type", "text/markdown; charset=utf-8");
        assertThat(text(byName)).isEqualTo(text(byKey));
        assertThat(byName.headers()).isEqualTo(byKey.headers());
        Map<String, String> condition = Map.of("If-None-Match", byKey.headers().get("ETag"));
        assertThat(ask("GET", "/modelcard/redhat_ai_models/RedHatAI/granite%203.1", null, condition)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void theRawCardStaysAvailable() {
        assertThat(text(get("/modelcard", KEY + "&raw=true"))).isEqualTo(Facts.GRANITE_CARD.markdown());
        assertThat(text(get("/modelcard", KEY + "&raw=false"))).isEqualTo("# Granite 3.1, cleaned\n");
        assertThat(get("/modelcard", KEY + "&raw=yes").status()).isEqualTo(400);
    }

    @Test
    void onlyWhatIsNotAtHandMayHaveToBeWaitedFor() {
        documentation.atHand = false;
        assertThat(mayWait("/modelcard", KEY)).isTrue();
        assertThat(mayWait(COMMIT, null)).isTrue();

        documentation.atHand = true;
        assertThat(mayWait("/modelcard", KEY)).isFalse();
        assertThat(mayWait("/modelcard", "key=unknown")).isFalse();
        assertThat(mayWait("/modelcard", "key=%zz")).isFalse();
        assertThat(mayWait("/list", null)).isFalse();
        assertThat(mayWait("/granite/140/model-catalog.json", null)).isFalse();
    }

    @Test
    void anEntrysSiteHasARevisionAndAnArchiveAsGiteaHasThem() {
        FeedResponse commit = get(COMMIT, null);
        FeedResponse archive = get("/api/v1/repos/granite/140/archive/main.tar.gz", null);

        assertThat(commit.status()).isEqualTo(200);
        assertThat(commit.headers()).containsEntry("Content-Type", "application/json");
        assertThat(text(commit)).isEqualTo("{\"sha\":\"" + REVISION + "\"}");
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.headers()).containsEntry("Content-Type", "application/gzip");
        assertThat(archive.body()).isEqualTo(ByteBuffer.wrap(ARCHIVE));
        assertThat(get("/api/v1/repos/granite/140/archive/" + REVISION + ".tar.gz", null)
                        .status())
                .isEqualTo(200);
        assertThat(ask(
                                "GET",
                                COMMIT,
                                null,
                                Map.of("If-None-Match", commit.headers().get("ETag")))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void anArchiveIsNotCompressedTwice() {
        FeedResponse archive = ask(
                "GET",
                "/api/v1/repos/granite/140/archive/main.tar.gz",
                null,
                Map.of("Accept-Encoding", "gzip, deflate"));

        assertThat(archive.headers()).doesNotContainKeys("Content-Encoding", "Vary");
        assertThat(archive.body()).isEqualTo(ByteBuffer.wrap(ARCHIVE));
    }

    @Test
    void whatHasNoSiteIsNotFoundAndNothingIsWrittenThere() {
        assertThat(get("/api/v1/repos/llama/140/git/commits/main", null).status())
                .isEqualTo(404);
        assertThat(get("/api/v1/repos/granite/140/git/commits/dev", null).status())
                .isEqualTo(404);
        assertThat(get("/api/v1/repos/granite/140/archive/main.zip", null).status())
                .isEqualTo(404);
        assertThat(get("/api/v1/repos/gran%20ite/140/git/commits/main", null).status())
                .isEqualTo(404);
        assertThat(ask("POST", COMMIT, null, Map.of()).status()).isEqualTo(405);
    }

    @Test
    void whatCannotBeReadIsUnavailableForNow() {
        documentation.failing = true;

        for (FeedResponse response : new FeedResponse[] {get("/modelcard", KEY), get(COMMIT, null)}) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsKey("Retry-After");
            assertThat(text(response)).doesNotContain("catalog.example.com");
        }
    }

    @Test
    void aRevisionLooksLikeOneOfACommit() {
        assertThatThrownBy(() -> new DocumentationSite("1.0", () -> Payload.of(new byte[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"1.0\"");
    }

    private boolean mayWait(String path, String query) {
        return endpoint.mayWait(new FeedRequest("GET", path, query, name -> null));
    }

    private FeedResponse get(String path, String query) {
        return ask("GET", path, query, Map.of());
    }

    private FeedResponse ask(String method, String path, String query, Map<String, String> headers) {
        return endpoint.handle(new FeedRequest(method, path, query, headers::get));
    }

    private static String text(FeedResponse response) {
        return StandardCharsets.UTF_8.decode(response.body()).toString();
    }

    private static final class ShownDocumentation implements ModelDocumentation {
        private boolean atHand;
        private boolean failing;

        @Override
        public Optional<Payload> card(CardVersion card) {
            fail();
            return card.equals(Facts.GRANITE_CARD.version())
                    ? Optional.of(payload("# Granite 3.1, cleaned\n"))
                    : Optional.empty();
        }

        @Override
        public boolean isAtHand(CardVersion card) {
            return atHand;
        }

        @Override
        public Optional<DocumentationSite> site(EntryKey entry) {
            fail();
            return entry.first().equals("granite")
                    ? Optional.of(new DocumentationSite(REVISION, () -> Payload.ofCompressed(ARCHIVE)))
                    : Optional.empty();
        }

        private void fail() {
            if (failing) {
                throw new SourceUnavailableException("catalog.example.com answered 503");
            }
        }

        private static Payload payload(String text) {
            return Payload.of(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
