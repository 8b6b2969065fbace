package io.modelconnector.techdocs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A headless Chromium that reaches nothing but this machine. Opens one page after another and tells what it did; for one thread. */
final class Chromium implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOAD = Duration.ofSeconds(90);
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;
    private static final int HIGHEST_SCREENSHOT = 12_000;

    /** A card's script is known by what it calls; the page itself cannot undo this. */
    private static final String SENTINEL = """
        (() => {
            const report = globalThis.sentinel;
            const told = what => report(String(what));
            Object.defineProperty(globalThis, 'pwned', {value: told});
            Object.defineProperty(globalThis, '__pwned', {set: told, get: () => undefined});
        })();
        """;

    private final Process process;
    private final DevTools devTools;
    private final String inspection;
    private String target = "";
    private String tab = "";
    private volatile Visit visit = new Visit("about:blank");

    private Chromium(Process process, URI address, String inspection) {
        this.process = process;
        this.inspection = inspection;
        this.devTools = new DevTools(address, this::event);
    }

    /** Starts the program with a fresh profile in the given directory. */
    static Chromium start(Path profile) throws IOException {
        Files.createDirectories(profile);
        Path log = profile.resolve("chromium.log");
        Process process = new ProcessBuilder(
                        "/usr/bin/chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=" + WIDTH + "," + HEIGHT,
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                        "--remote-debugging-address=127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Path port = profile.resolve("DevToolsActivePort");
            await("Chromium's port, see " + log)
                    .atMost(START)
                    .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
            List<String> lines = Files.readAllLines(port);
            String inspection;
            try (var script = Chromium.class.getResourceAsStream("/e2e/inspection.js")) {
                inspection = new String(script.readAllBytes(), UTF_8);
            }
            return new Chromium(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), inspection);
        } catch (RuntimeException | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Opens a page, waits until it is loaded, looks at it, and touches everything in it that can be touched. */
    PageReport open(String url) {
        return inTab(url, session -> {});
    }

    /** Opens a page as {@link #open} does and keeps a picture of it. */
    PageReport photograph(String url, Path picture) {
        return inTab(url, session -> {
            JsonNode size = devTools.call(session, "Page.getLayoutMetrics").path("cssContentSize");
            Map<String, Object> clip = Map.of(
                    "x",
                    0,
                    "y",
                    0,
                    "width",
                    WIDTH,
                    "height",
                    Math.min(HIGHEST_SCREENSHOT, size.path("height").asInt()),
                    "scale",
                    1);
            JsonNode shot = devTools.call(
                    session, "Page.captureScreenshot", "format", "png", "clip", clip, "captureBeyondViewport", true);
            try {
                Files.createDirectories(picture.getParent());
                Files.write(
                        picture, Base64.getDecoder().decode(shot.path("data").asText()));
            } catch (IOException e) {
                throw new IllegalStateException("cannot write " + picture, e);
            }
        });
    }

    private interface Look {
        void at(String session);
    }

    private PageReport inTab(String url, Look look) {
        Visit current = new Visit(url);
        visit = current;
        if (tab.isEmpty()) {
            target = devTools.call("", "Target.createTarget", "url", "about:blank")
                    .path("targetId")
                    .asText();
            tab = devTools.call("", "Target.attachToTarget", "targetId", target, "flatten", true)
                    .path("sessionId")
                    .asText();
            watch(tab).join();
        }
        devTools.call(tab, "Page.navigate", "url", url);
        current.awaitLoaded();
        look.at(tab);
        try {
            return current.report(evaluate(tab, inspection));
        } catch (IllegalStateException e) {
            // A page that went elsewhere, or took the document's own functions away.
            current.errors.add("cannot be looked at: " + e.getMessage());
            devTools.call("", "Target.closeTarget", "targetId", target);
            tab = "";
            return current.report(MissingNode.getInstance());
        }
    }

    private CompletableFuture<?> watch(String session) {
        devTools.send(session, "Network.enable");
        devTools.send(session, "Page.enable");
        devTools.send(session, "Runtime.enable");
        devTools.send(session, "Runtime.addBinding", "name", "sentinel");
        devTools.send(session, "Page.addScriptToEvaluateOnNewDocument", "source", SENTINEL);
        devTools.send(
                session, "Target.setAutoAttach", "autoAttach", true, "waitForDebuggerOnStart", true, "flatten", true);
        // A frame of another site starts as a session of its own, halted until it is watched too.
        return devTools.send(session, "Runtime.runIfWaitingForDebugger");
    }

    private JsonNode evaluate(String session, String script) {
        JsonNode answer = devTools.call(
                session, "Runtime.evaluate", "expression", script, "awaitPromise", true, "returnByValue", true);
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    private void event(String session, String method, JsonNode params) {
        Visit current = visit;
        switch (method) {
            case "Target.attachedToTarget" -> {
                String child = params.path("sessionId").asText();
                if (params.path("waitingForDebugger").asBoolean()) {
                    // Not on this thread: sending waits for the socket, which this thread reads.
                    CompletableFuture.runAsync(() -> watch(child));
                }
            }
            case "Page.loadEventFired" -> current.loaded.complete(null);
            case "Page.javascriptDialogOpening" -> {
                current.scripts.add("dialog " + params.path("message").asText());
                CompletableFuture.runAsync(() -> devTools.send(session, "Page.handleJavaScriptDialog", "accept", true));
            }
            case "Runtime.bindingCalled" ->
                current.scripts.add(params.path("payload").asText());
            case "Runtime.exceptionThrown" -> {
                JsonNode thrown = params.path("exceptionDetails");
                String description =
                        thrown.path("exception").path("description").asText();
                current.errors.add(description.isEmpty() ? thrown.path("text").asText() : firstLine(description));
            }
            case "Network.requestWillBeSent" ->
                current.requested(params.path("request").path("url").asText());
            case "Network.webSocketCreated" ->
                current.requested(params.path("url").asText());
            default -> {}
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        devTools.send("", "Browser.close");
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        devTools.close();
    }

    /** One page while it is open; events come on another thread. */
    private static final class Visit {
        private final String url;
        private final String site;
        private final CompletableFuture<Void> loaded = new CompletableFuture<>();
        private final List<String> scripts = new CopyOnWriteArrayList<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<String> errors = new CopyOnWriteArrayList<>();

        Visit(String url) {
            this.url = url;
            this.site = url.contains("://") ? URI.create(url).resolve("/").toString() : url;
        }

        void requested(String address) {
            if (!address.startsWith(site) && !address.startsWith("data:image/")) {
                requests.add(address.length() > 200 ? address.substring(0, 200) : address);
            }
        }

        void awaitLoaded() {
            try {
                loaded.get(LOAD.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException(url + " was not loaded within " + LOAD, e);
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        PageReport report(JsonNode inspected) {
            List<String> suspects = new ArrayList<>();
            inspected.path("suspects").forEach(suspect -> suspects.add(suspect.asText()));
            return new PageReport(
                    List.copyOf(scripts),
                    List.copyOf(requests),
                    suspects,
                    List.copyOf(errors),
                    inspected.path("text").asText(),
                    inspected.path("prose").asText());
        }
    }
}
