package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private final FakeRegistry registry = FakeRegistry.current().models(1);
    private final RecordedSleeps sleeps = new RecordedSleeps();
    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private ModelRegistryClient client = client(HttpSettings.defaults(), 0.5);

    private ModelRegistryClient client(HttpSettings settings, double random) {
        return ModelRegistryClient.builder("public", registry.base())
                .settings(settings)
                .listener((upstream, outcome, took) -> outcomes.add(upstream + ' ' + outcome))
                .timing(sleeps.timing(random))
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private void fail(int times, int status, String... header) {
        registry.on("registered_models", times, () -> {
            MockResponse.Builder response =
                    new MockResponse.Builder().code(status).body("busy");
            if (header.length > 0) {
                response.setHeader(header[0], header[1]);
            }
            return response.build();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void triesAgainWhereThatMayHelp(int status) throws Exception {
        fail(3, status);
        assertThat(client.registeredModels().items()).hasSize(1);
        assertThat(outcomes).containsExactly("public " + status, "public " + status, "public " + status, "public 200");
    }

    @Test
    void givesUpAfterTheLastTry() {
        fail(4, 503);
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("was answered 503");
        assertThat(registry.takePaths()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422, 500, 501})
    void asksOnceWhereAnotherTryWouldBeOfNoUse(int status) {
        fail(1, status);
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("was answered " + status);
        assertThat(registry.takePaths()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 125, 250, 500", "0.5, 250, 500, 1000", "0.999999, 374, 749, 1499"})
    void waitsLongerEachTimeAndNeverTheSame(double random, long first, long second, long third) throws Exception {
        client.close();
        client = client(HttpSettings.defaults(), random);
        fail(3, 502);
        client.registeredModels();
        assertThat(sleeps.sleeps).extracting(Duration::toMillis).containsExactly(first, second, third);
    }

    @Test
    void neverWaitsLongerThanTheLimit() throws Exception {
        client.close();
        client = client(
                HttpSettings.builder()
                        .retries(20)
                        .retryDelay(Duration.ofSeconds(1))
                        .maxRetryDelay(Duration.ofSeconds(7))
                        .build(),
                0.9);
        fail(20, 502);
        client.registeredModels();
        assertThat(sleeps.sleeps).hasSize(20).allMatch(sleep -> sleep.compareTo(Duration.ofSeconds(7)) <= 0);
        assertThat(sleeps.sleeps.get(19)).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7000",
        "'  12 ', 12000",
        "3600, 30000",
        "'Sun, 01 Mar 2026 12:00:09 GMT', 9000",
        "'Sun, 01 Mar 2026 11:00:00 GMT', 0",
        "'Mon, 02 Mar 2026 12:00:00 GMT', 30000",
        "soon, 250",
        "-5, 250",
    })
    void waitsAsLongAsTheServerAsksWithinReason(String retryAfter, long millis) throws Exception {
        fail(1, 429, "Retry-After", retryAfter);
        client.registeredModels();
        assertThat(sleeps.sleeps).extracting(Duration::toMillis).containsExactly(millis);
    }

    @Test
    void triesAnUnreachableServerOnlyOnceUntilItAnswers() throws Exception {
        registry.drop("registered_models");
        assertThatThrownBy(client::registeredModels).isInstanceOf(SourceUnavailableException.class);
        assertThat(sleeps.sleeps).hasSize(3);
        assertThatThrownBy(client::registeredModels).isInstanceOf(SourceUnavailableException.class);
        assertThat(sleeps.sleeps).as("no retries while it is known to be away").hasSize(3);
        registry.heal();
        assertThat(client.registeredModels().items()).hasSize(1);
        fail(1, 503);
        assertThat(client.registeredModels().items()).hasSize(1);
        assertThat(sleeps.sleeps).hasSize(4);
    }

    @Test
    void saysTheSameForAsLongAsAFaultLasts() {
        registry.drop("registered_models");
        String first = message();
        assertThat(message()).isEqualTo(first);
    }

    private String message() {
        try {
            client.registeredModels();
            return "no failure";
        } catch (SourceUnavailableException | InterruptedException e) {
            return e.getMessage();
        }
    }

    @Test
    void quotesTheServersMessageInShort() {
        registry.on(
                "registered_models",
                () -> FakeServer.json(
                        500, "{\"code\":\"Internal\",\"message\":\"db is\\n\\u0007locked " + "x".repeat(500) + "\"}"));
        assertThatThrownBy(client::registeredModels)
                .hasMessageContaining("(db is locked xxx")
                .hasMessageContaining("…)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(450).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>secret-canary</html>",
                "secret-canary",
                "",
                "[\"secret-canary\"]",
                "{\"error\":\"secret-canary\"}",
                "{\"message\":{\"a\":\"secret-canary\"}}",
                "{\"message\":\"secret-canary"
            })
    void quotesNothingElseOfAnError(String body) {
        registry.on("registered_models", () -> FakeServer.json(500, body));
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("was answered 500; see its log")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret-canary"));
    }

    @Test
    void tellsTheListenerOfRequestsThatFail() {
        registry.drop("registered_models");
        message();
        assertThat(outcomes).hasSize(4).containsOnly("public failed");
    }

    @Test
    void survivesAListenerThatThrows() throws Exception {
        client.close();
        client = ModelRegistryClient.builder("public", registry.base())
                .listener((upstream, outcome, took) -> {
                    throw new IllegalStateException("metrics are broken");
                })
                .build();
        assertThat(client.registeredModels().items()).hasSize(1);
        assertThat(client.registeredModels().items()).hasSize(1);
    }
}
