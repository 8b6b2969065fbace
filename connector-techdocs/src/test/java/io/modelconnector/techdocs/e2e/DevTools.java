package io.modelconnector.techdocs.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The DevTools protocol of one browser over one web socket. Calls wait for their answer; events go to a listener. */
final class DevTools implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final EventListener listener;
    private final WebSocket socket;

    /** Told of each event, on the thread that reads the socket: it must not wait for an answer there. */
    interface EventListener {
        void event(String sessionId, String method, JsonNode params);
    }

    DevTools(URI address, EventListener listener) {
        this.listener = listener;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .buildAsync(address, new Messages())
                .join();
    }

    /** Asks and waits; the parameters come as name, value, name, value. */
    JsonNode call(String sessionId, String method, Object... parameters) {
        try {
            return send(sessionId, method, parameters).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(method + " failed: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(method + " was not answered within " + ANSWER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + method, e);
        }
    }

    /** Asks without waiting. */
    CompletableFuture<JsonNode> send(String sessionId, String method, Object... parameters) {
        int id = lastId.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        if (!sessionId.isEmpty()) {
            message.put("sessionId", sessionId);
        }
        ObjectNode values = message.putObject("params");
        for (int i = 0; i < parameters.length; i += 2) {
            values.set((String) parameters[i], JSON.valueToTree(parameters[i + 1]));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        // One send at a time is what the client's web socket allows.
        synchronized (this) {
            socket.sendText(message.toString(), true).join();
        }
        return answer;
    }

    @Override
    public void close() {
        socket.abort();
        pending.values().forEach(answer -> answer.completeExceptionally(new IllegalStateException("closed")));
    }

    private void received(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the browser sent no JSON: " + text, e);
        }
        if (!message.has("id")) {
            listener.event(
                    message.path("sessionId").asText(), message.path("method").asText(), message.path("params"));
            return;
        }
        CompletableFuture<JsonNode> answer = pending.remove(message.path("id").asInt());
        if (answer == null) {
            return;
        }
        if (message.has("error")) {
            answer.completeExceptionally(
                    new IllegalStateException(message.path("error").toString()));
        } else {
            answer.complete(message.path("result"));
        }
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String text = parts.toString();
                parts.setLength(0);
                received(text);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            pending.values().forEach(answer -> answer.completeExceptionally(error));
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            IllegalStateException gone = new IllegalStateException("the browser closed the connection: " + reason);
            pending.values().forEach(answer -> answer.completeExceptionally(gone));
            return null;
        }
    }
}
