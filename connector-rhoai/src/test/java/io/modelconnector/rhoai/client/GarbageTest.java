package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GarbageTest {
    private final FakeRegistry registry = FakeRegistry.current();
    private final RecordedSleeps sleeps = new RecordedSleeps();
    private ModelRegistryClient client = client(HttpSettings.defaults());

    private ModelRegistryClient client(HttpSettings settings) {
        return ModelRegistryClient.builder("public", registry.base())
                .settings(settings)
                .timing(sleeps.timing(0.5))
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"items\":[{\"id\":\"1\",\"name\":\"secret-canary\"|cut off",
                "{\"items\":[{\"id\":\"1\",\"name\":\"secret-canary|cut off",
                "<html><body>secret-canary: please log in</body></html>|not JSON",
                "secret-canary|not JSON",
                "[{\"id\":\"1\",\"name\":\"secret-canary\"}]|a list instead of an object",
                "\"secret-canary\"|a text instead of an object",
                "null|null instead of an object",
                "``|empty",
                "{}|no items",
                "{\"items\":{\"a\":\"secret-canary\"}}|its items are an object instead of a list",
                "{\"items\":\"secret-canary\"}|its items are a text instead of a list",
                "{\"items\":[],\"nextPageToken\":7}|its nextPageToken is not a text",
                "{\"items\":[]}{\"items\":[]}|goes on after its end",
            })
    void saysWhatIsWrongWithAnAnswerAndQuotesNothingOfIt(String body, String reason) {
        registry.on(
                "registered_models",
                () -> new MockResponse.Builder()
                        .setHeader("Content-Type", "text/html")
                        .body(body)
                        .build());
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("listing registered_models of registry \"public\" at " + registry.base())
                .hasMessageContaining(reason)
                .satisfies(GarbageTest::quotesNothing);
        assertThat(registry.takePaths()).as("nothing is gained by asking again").hasSize(1);
    }

    private static void quotesNothing(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("secret-canary");
        }
    }

    @Test
    void stopsReadingAnAnswerThatIsTooLong() {
        AtomicLong written = new AtomicLong();
        registry.on("registered_models", () -> huge(200L << 20, written));
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("longer than 67108864 bytes (maxResponseBytes)");
        assertThat(written.get()).as("once, and once more with fewer items").isLessThan(200L << 20);
    }

    @Test
    void countsAfterDecompression() throws IOException {
        client.close();
        client = client(HttpSettings.builder().maxResponseBytes(100_000).build());
        Buffer compressed = new Buffer();
        try (BufferedSink gzip = Okio.buffer(new GzipSink(compressed))) {
            gzip.writeUtf8("{\"items\":[],\"x\":\"" + " ".repeat(1_000_000) + "\"}");
        }
        assertThat(compressed.size()).isLessThan(5_000);
        registry.on(
                "registered_models",
                () -> new MockResponse.Builder()
                        .setHeader("Content-Encoding", "gzip")
                        .body(compressed.clone())
                        .build());
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("longer than 100000 bytes");
    }

    @Test
    void readsAnAnswerOfExactlyTheGreatestLength() throws Exception {
        String body = "{\"items\":[],\"x\":\"" + " ".repeat(2000) + "\"}";
        client.close();
        client = client(HttpSettings.builder().maxResponseBytes(body.length()).build());
        registry.on("registered_models", () -> FakeServer.json(200, body));
        assertThat(client.registeredModels().items()).isEmpty();
    }

    @Test
    void survivesDeepNesting() {
        registry.on("registered_models", () -> FakeServer.json(200, "{\"items\":[{\"x\":" + "[".repeat(100_000)));
        assertThatThrownBy(client::registeredModels).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void triesAgainWhenAnAnswerBreaksOffOnTheWay() throws Exception {
        registry.models(50);
        registry.on(
                "registered_models",
                1,
                () -> new MockResponse.Builder()
                        .body("{\"items\":[" + " ".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        assertThat(client.registeredModels().items()).hasSize(50);
        assertThat(sleeps.sleeps).hasSize(1);
    }

    @Test
    void saysThatAServerOnlyHangsUp() {
        registry.drop("registered_models");
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("is the server up");
        assertThat(registry.takePaths()).hasSizeGreaterThanOrEqualTo(4);
    }

    private static MockResponse huge(long bytes, AtomicLong written) {
        return new MockResponse.Builder()
                .body(new MockResponseBody() {
                    @Override
                    public long getContentLength() {
                        return bytes;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        sink.writeUtf8("{\"x\":\"");
                        byte[] block = " ".repeat(1 << 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                        for (long done = 6; done < bytes; done += block.length) {
                            sink.write(block, 0, (int) Math.min(block.length, bytes - done));
                            written.addAndGet(block.length);
                        }
                    }
                })
                .build();
    }
}
