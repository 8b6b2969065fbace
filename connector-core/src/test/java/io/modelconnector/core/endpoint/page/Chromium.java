package io.modelconnector.core.endpoint.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A headless Chromium with a profile of its own, driven over its DevTools. */
final class Chromium implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> sessions = new ConcurrentHashMap<>();

    private Chromium(Path profile, Process process, URI devTools) {
        this.profile = profile;
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(devTools, new Incoming())
                .join();
    }

    static Chromium start() throws IOException {
        Path profile = Files.createTempDirectory("page-chromium-");
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        await().atMost(LIMIT)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
        List<String> lines = Files.readAllLines(port);
        return new Chromium(profile, process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
    }

    /** Opens a tab of so many CSS pixels, with nothing in it. */
    Tab tab(int width, int height) {
        String target = send("", "Target.createTarget", object().put("url", "about:blank"))
                .path("targetId")
                .asText();
        ObjectNode attach = object().put("targetId", target).put("flatten", true);
        Tab tab = new Tab(
                send("", "Target.attachToTarget", attach).path("sessionId").asText());
        sessions.put(tab.session, tab::happened);
        for (String domain : List.of("Page", "Network", "Runtime", "Log", "Accessibility")) {
            tab.send(domain + ".enable", object());
        }
        tab.size(width, height);
        return tab;
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private JsonNode send(String session, String method, ObjectNode parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = object().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).join();
        JsonNode answered =
                answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        if (answered.has("error")) {
            throw new AssertionError(method + ": " + answered.get("error"));
        }
        return answered.path("result");
    }

    private void arrived(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (message.has("id")) {
            waiting.remove(message.get("id").asInt()).complete(message);
        } else {
            sessions.getOrDefault(message.path("sessionId").asText(), event -> {})
                    .accept(message);
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        // Its children may still be writing when they are told to end.
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
            return true;
        });
    }

    private final class Incoming implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                arrived(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** A tab. */
    final class Tab {
        private final String session;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final AtomicInteger loads = new AtomicInteger();

        private Tab(String session) {
            this.session = session;
        }

        private void happened(JsonNode event) {
            JsonNode about = event.path("params");
            switch (event.path("method").asText()) {
                case "Page.loadEventFired" -> loads.incrementAndGet();
                case "Network.requestWillBeSent" ->
                    requests.add(about.path("request").path("url").asText());
                case "Log.entryAdded" -> complaints.add(about.path("entry").toString());
                case "Runtime.consoleAPICalled", "Runtime.exceptionThrown" -> complaints.add(about.toString());
                default -> {}
            }
        }

        private JsonNode send(String method, ObjectNode parameters) {
            return Chromium.this.send(session, method, parameters);
        }

        /** Goes to a page and waits until it is loaded. */
        Tab go(String url) {
            int before = loads.get();
            send("Page.navigate", object().put("url", url));
            await().atMost(LIMIT).until(() -> loads.get() > before);
            return this;
        }

        Tab size(int width, int height) {
            send(
                    "Emulation.setDeviceMetricsOverride",
                    object().put("width", width)
                            .put("height", height)
                            .put("deviceScaleFactor", 1)
                            .put("mobile", width < 600));
            return this;
        }

        Tab dark() {
            ObjectNode media = object();
            media.putArray("features")
                    .addObject()
                    .put("name", "prefers-color-scheme")
                    .put("value", "dark");
            send("Emulation.setEmulatedMedia", media);
            return this;
        }

        Tab withoutJavaScript() {
            send("Emulation.setScriptExecutionDisabled", object().put("value", true));
            return this;
        }

        /** What an expression is on the page; a promise is waited for. */
        JsonNode value(String expression) {
            JsonNode result = send(
                    "Runtime.evaluate",
                    object().put("expression", expression)
                            .put("returnByValue", true)
                            .put("awaitPromise", true));
            if (result.has("exceptionDetails")) {
                throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
            }
            return result.path("result").path("value");
        }

        /** Presses a key that writes nothing, such as Tab or Enter. */
        void press(String key, int code) {
            for (String type : List.of("rawKeyDown", "keyUp")) {
                send(
                        "Input.dispatchKeyEvent",
                        object().put("type", type)
                                .put("key", key)
                                .put("code", key)
                                .put("windowsVirtualKeyCode", code));
            }
        }

        /** Types into whatever has the focus. */
        void type(String text) {
            send("Input.insertText", object().put("text", text));
        }

        /** What assistive technology is told of the page. */
        JsonNode accessibilityTree() {
            return send("Accessibility.getFullAXTree", object()).path("nodes");
        }

        /** Keeps a picture of the whole page, to be looked at by a person. */
        void picture(String name) throws IOException {
            Path pictures = Files.createDirectories(Path.of("target", "page-screenshots"));
            JsonNode picture =
                    send("Page.captureScreenshot", object().put("format", "png").put("captureBeyondViewport", true));
            Files.write(pictures.resolve(name + ".png"), picture.path("data").binaryValue());
        }

        List<String> requests() {
            return List.copyOf(requests);
        }

        /** What the browser had to say about the page: errors, refused resources, warnings. */
        List<String> complaints() {
            return List.copyOf(complaints);
        }
    }
}
