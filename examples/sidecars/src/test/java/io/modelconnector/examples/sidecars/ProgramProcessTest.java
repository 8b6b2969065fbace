package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: exit codes, signals, what is on which stream. */
class ProgramProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MODELS = """
            registry: lab
            models:
              - name: granite-3.1-8b
                description: Chat and summaries.
                versions:
                  - name: v1
                    card: |
                      # Granite

                      A small model.
            """;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @TempDir
    Path directory;

    @Test
    void demoNeedsNothingAndServesItsSample() throws Exception {
        try (ChildProgram demo = demo()) {
            String list = demo.awaitOutput("(http://localhost:\\d+/list)");
            demo.awaitOutput("Ctrl-C");

            assertThat(get(list).body()).contains("/model-catalog.json");
            assertThat(get(demo.awaitOutput("(http://localhost:\\S+/model-catalog.json)"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(demo.awaitOutput("(http://localhost:\\S+/modelcard\\?key=\\S+)"))
                            .body())
                    .contains("#");
            demo.terminate();
            assertThat(demo.awaitExit()).isEqualTo(143);
            assertThat(demo.err()).isEmpty();
        }
    }

    @Test
    void demoServesWhatIsEdited() throws Exception {
        Path file = Files.writeString(directory.resolve("models.yaml"), MODELS);
        try (ChildProgram demo = demo("--file=" + file)) {
            String list = demo.awaitOutput("(http://localhost:\\d+/list)");
            assertThat(get(list).body()).contains("/granite-31-8b/v1/").doesNotContain("/mistral/v2/");

            replace(file, MODELS + "  - name: mistral\n    versions: [{name: v2}]\n");
            await().atMost(PATIENCE).until(() -> get(list).body().contains("/mistral/v2/"));
            demo.awaitOutput("added mistral/v2");

            replace(file, "models: []\n");
            await().atMost(PATIENCE).until(() -> get(list).body().equals("{\"uris\":[]}"));
        }
    }

    @Test
    void demoKeepsTheSampleThatWasEditedAndRemovesAnUntouchedOne() throws Exception {
        Path file;
        try (ChildProgram demo = demo()) {
            file = Path.of(demo.awaitOutput("Edit (\\S+demo-models.yaml)"));
            assertThat(file).exists();
            demo.terminate();
            demo.awaitExit();
            assertThat(file).doesNotExist();
        }
        try (ChildProgram demo = demo()) {
            file = Path.of(demo.awaitOutput("Edit (\\S+demo-models.yaml)"));
            replace(file, MODELS);
            demo.terminate();
            demo.awaitExit();
            assertThat(file).hasContent(MODELS);
            Files.delete(file);
            Files.delete(file.getParent());
        }
    }

    @Test
    void demoSaysThatAFileCannotBeReadAndServesItOnceItCan() throws Exception {
        Path file = Files.writeString(directory.resolve("models.yaml"), "models: [");
        try (ChildProgram demo = demo("--file=" + file)) {
            demo.awaitOutput("nothing is served yet; correct \\S+models.yaml");

            replace(file, MODELS);
            demo.awaitOutput("the feed is published with 1 entries");
        }
    }

    @Test
    void endsWithinFiveSecondsOfASignal() throws Exception {
        Path file = Files.writeString(directory.resolve("models.yaml"), MODELS);
        try (ChildProgram demo = demo("--file=" + file)) {
            String list = demo.awaitOutput("(http://localhost:\\d+/list)");
            assertThat(get(list).statusCode()).isEqualTo(200);
            long begin = System.nanoTime();
            demo.terminate();

            assertThat(demo.awaitExit()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            assertThat(demo.err()).isEmpty();
        }
    }

    @Test
    void tellsInOneLineThatAPortIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ChildProgram demo = new ChildProgram(
                        Map.of(), "demo", "-address=127.0.0.1:" + other.getLocalPort(), "-metrics-address=0")) {
            assertThat(demo.awaitExit()).isEqualTo(2);
            assertThat(demo.err())
                    .isEqualTo("model-connector demo: --address=127.0.0.1:" + other.getLocalPort() + ": port "
                            + other.getLocalPort()
                            + " is in use; choose another one, or end the program that uses it\n");
            assertThat(demo.out()).isEmpty();
        }
    }

    @Test
    void tellsInOneLineThatThereIsNoSuchFlag() throws Exception {
        try (ChildProgram demo = demo("--adress=9090")) {
            assertThat(demo.awaitExit()).isEqualTo(2);
            assertThat(demo.err().lines())
                    .singleElement()
                    .asString()
                    .contains("--adress", "--address", "--metrics-address", "--file");
            assertThat(demo.out()).isEmpty();
        }
    }

    private ChildProgram demo(String... more) throws IOException {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "demo";
        arguments[1] = "--address=127.0.0.1:0";
        arguments[2] = "--metrics-address=0";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new ChildProgram(Map.of(), arguments);
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
