package io.modelconnector.examples.sidecars.remote;

import static io.modelconnector.examples.sidecars.remote.SampleEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.EntryRecord;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside a storage-rest of this implementation, whose answers the tests give. */
class RestEntryStoreTest {
    private static final String TOKEN = "shared-token";
    private static final StoredEntry GRANITE = entry("granite-31-8b", "v1", "Chat and summaries.");
    private static final StoredEntry MISTRAL = entry("mistral_small", "v2", "Short.");

    private final MockWebServer server = new MockWebServer();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    private volatile Function<RecordedRequest, MockResponse> answers = request -> status(200, "{}");
    private volatile String list = "{\"keys\":[],\"digests\":{},\"complete\":true}";
    private RestEntryStore store;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String target = request.getMethod() + ' ' + request.getTarget();
                requests.add(target);
                return target.startsWith("GET /list") ? status(200, list) : answers.apply(request);
            }
        });
        server.start();
        store = RestEntryStore.builder(server.url("/").uri())
                .bearerToken(() -> TOKEN)
                .maxResponseBytes(64 * 1024)
                .callTimeout(Duration.ofSeconds(10))
                .listener((part, outcome, took) -> heard.add(part + ' ' + outcome))
                .build();
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Test
    void listsDigestsAndWhetherTheyAreAll() throws Exception {
        list = "{\"keys\":[\"a_b\",\"c_d\"],\"digests\":{\"a_b\":\"0123\",\"c_d\":\"4567\"},\"complete\":false}";

        assertThat(store.list()).isEqualTo(StoreListing.of(Map.of("a_b", "0123", "c_d", "4567"), false));
        assertThat(requests).containsExactly("GET /list?all=true");
        assertThat(heard).containsExactly("storage-rest 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "<html>", "", "{\"keys\":\"a_b\"}", "{\"keys\":[1]}"})
    void refusesAListThatIsNone(String document) {
        list = document;

        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> store.list())
                .withMessageContaining("GET /list")
                .withMessageContaining("STORAGE_URL");
    }

    @Test
    void readsNoMoreThanItsLimit() {
        list = "{\"keys\":[\"" + "x".repeat(70_000) + "\"]}";

        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> store.list())
                .withMessageContaining("more than 65536 bytes");
    }

    @Test
    void fetchesWhatIsStoredWithItsCard() throws Exception {
        StoredEntry granite = SampleEntries.withCard("granite-31-8b", "v1", "# Granite\n");
        answers = request -> new MockResponse.Builder()
                .body(new Buffer().write(EntryRecord.writeWithCard(granite)))
                .build();

        assertThat(store.fetch("granite-31-8b_v1").orElseThrow().digest()).isEqualTo(granite.digest());
        assertThat(requests).contains("GET /fetch?key=granite-31-8b_v1");
    }

    @Test
    void findsNothingWhereThereIsNothing() throws Exception {
        answers = request -> status(404, "{\"error\":\"there is no entry\"}");

        assertThat(store.fetch("granite-31-8b_v1")).isEmpty();
    }

    @Test
    void tellsNewEntriesFromKnownOnes() throws Exception {
        answers = request -> status(request.getTarget().contains("granite") ? 201 : 200, "{}");

        StoreOutcome outcome = store.write(StoreUpdate.of(List.of(GRANITE, MISTRAL)));

        assertThat(outcome.added()).containsExactly("granite-31-8b_v1");
        assertThat(outcome.problems()).isEmpty();
    }

    @Test
    void hasManyEntriesUnderWayAtOnce() throws Exception {
        CountDownLatch under = new CountDownLatch(64);
        answers = request -> {
            under.countDown();
            boolean all = await(under);
            return status(all ? 201 : 500, "{}");
        };

        assertThat(store.write(StoreUpdate.of(SampleEntries.many(64))).added()).hasSize(64);
    }

    @Test
    void anEntryThatIsRefusedCostsOnlyItself() throws Exception {
        answers = request -> request.getTarget().contains("granite")
                ? status(400, "{\"error\":\"the payload has\\nno models\"}")
                : status(request.getTarget().contains("upsert") ? 201 : 200, "{}");

        StoreOutcome outcome =
                store.write(new StoreUpdate(List.of(GRANITE, MISTRAL), Set.of("mistral_small_v2"), Map.of()));

        assertThat(outcome.added()).containsExactly("mistral_small_v2");
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("granite-31-8b_v1");
            assertThat(problem.message()).contains("400 (the payload has no models)");
        });
        assertThat(store.problems()).isEqualTo(outcome.problems());
        assertThat(requests).contains("POST /currentkeyset?key=mistral_small_v2");
    }

    @Test
    void sendsNoKeySetWhenAnEntryIsMissing() {
        answers = request -> request.getTarget().contains("granite") ? status(503, "{}") : status(201, "{}");

        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() ->
                        store.write(new StoreUpdate(List.of(GRANITE, MISTRAL), Set.of("mistral_small_v2"), Map.of())))
                .withMessageStartingWith("1 of 2 entries could not be stored")
                .matches(ConnectorException::retryable);
        assertThat(requests).noneMatch(request -> request.contains("currentkeyset"));
    }

    @Test
    void namesTheTokenThatIsRefusedAndNeverShowsIt() {
        answers = request -> status(401, "{\"error\":\"no token, or another one\"}");

        assertThatExceptionOfType(SourceRejectedException.class)
                .isThrownBy(() -> store.write(StoreUpdate.of(SampleEntries.many(300))))
                .withMessageContaining("401")
                .withMessageContaining("token")
                .withMessageNotContaining(TOKEN);
        assertThat(requests).hasSizeLessThan(150);
        assertThat(store.toString()).doesNotContain(TOKEN);
    }

    @Test
    void refusesATokenThatIsNone() {
        try (RestEntryStore other = RestEntryStore.builder(server.url("/").uri())
                .bearerToken(() -> "two words")
                .build()) {
            assertThatExceptionOfType(SourceRejectedException.class)
                    .isThrownBy(other::list)
                    .withMessageNotContaining("two words");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void sendsAShortKeySetInTheQueryAndALongOneInTheBody() throws Exception {
        ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
        answers = request -> {
            bodies.add(request.getBody() == null ? "" : request.getBody().utf8());
            return status(200, "{}");
        };
        Set<String> many = SampleEntries.many(300).stream()
                .map(entry -> entry.key().importKey())
                .collect(Collectors.toSet());

        store.write(StoreUpdate.keepingOnly(Set.of("a_b", "c_d")));
        store.write(StoreUpdate.keepingOnly(many));

        assertThat(requests).contains("POST /currentkeyset?key=a_b%2Cc_d", "POST /currentkeyset");
        assertThat(bodies).hasSize(2).element(1).asString().startsWith("[\"granite-0_v1\",");
    }

    @Test
    void sendsALongKeySetInTheQueryOnceAGoPartHasTakenThePlace() throws Exception {
        store.list();
        list = "{\"keys\":[]}";
        Set<String> many = SampleEntries.many(300).stream()
                .map(entry -> entry.key().importKey())
                .collect(Collectors.toSet());

        store.write(StoreUpdate.keepingOnly(many));

        assertThat(requests).noneMatch(request -> request.equals("POST /currentkeyset"));
    }

    @Test
    void removesEverythingByAnEmptyKeySet() throws Exception {
        list = "{\"keys\":[\"a_b\"],\"digests\":{\"a_b\":\"0\"},\"complete\":true}";

        assertThat(store.write(StoreUpdate.keepingOnly(Set.of())).removed()).containsExactly("a_b");
        assertThat(requests).contains("POST /currentkeyset?key=");
    }

    @Test
    void saysWhereNobodyAnswered() throws Exception {
        URI base = server.url("/").uri();
        server.close();

        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> store.write(StoreUpdate.of(List.of(GRANITE))))
                .withMessageContaining("at " + base)
                .withMessageContaining("STORAGE_URL");
        assertThat(heard).containsOnly("storage-rest failed");
    }

    @Test
    void waitsNoLongerThanItsTimeout() {
        CountDownLatch never = new CountDownLatch(1);
        answers = request -> {
            boolean unused = await(never);
            return status(201, "{}");
        };
        try (RestEntryStore hasty = RestEntryStore.builder(server.url("/").uri())
                .callTimeout(Duration.ofMillis(200))
                .build()) {
            assertThatExceptionOfType(SourceUnavailableException.class)
                    .isThrownBy(() -> hasty.fetch("granite-31-8b_v1"))
                    .withMessageContaining("no answer in time");
        } finally {
            never.countDown();
        }
    }

    @Test
    void givesUpWhenItIsInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        answers = request -> {
            asked.countDown();
            boolean unused = await(never);
            return status(201, "{}");
        };
        ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        Thread writer = new Thread(() -> {
            try {
                store.write(StoreUpdate.of(List.of(GRANITE, MISTRAL)));
            } catch (InterruptedException | RuntimeException e) {
                thrown.add(e);
            }
        });
        writer.start();
        assertThat(await(asked)).isTrue();
        writer.interrupt();
        writer.join(10_000);
        never.countDown();

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static MockResponse status(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }
}
