package io.modelconnector.examples.sidecars.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers probes and shows the health of a role:
 *
 * <ul>
 *   <li>{@code GET /healthz}: 200 as long as the process answers at all
 *   <li>{@code GET /readyz}: 200 once the role can serve what it should, 503 before
 *   <li>{@code GET /health}: everything that is known, as JSON; names of models are in it, so it is for operators
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class HealthPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RoleHealth health;

    /** Makes the pages of a role. */
    public HealthPages(RoleHealth health) {
        this.health = health;
    }

    /** Whether a path is a probe's. No entry's path can be: those have three segments. */
    static boolean isProbe(String rawPath) {
        return rawPath.equals("/healthz") || rawPath.equals("/readyz");
    }

    /** Answers any request. */
    public FeedResponse handle(FeedRequest request) {
        String path = request.rawPath();
        if (!isProbe(path) && !path.equals("/health")) {
            return answer(request, 404, Map.of("error", "there is nothing here but /healthz, /readyz and /health"));
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return answer(request, 405, Map.of("error", "the method is not one of GET, HEAD"));
        }
        if (path.equals("/healthz")) {
            return answer(request, 200, Map.of("status", "alive"));
        }
        if (path.equals("/readyz")) {
            Optional<String> waiting = health.waitingFor();
            String status = waiting.map(what -> "waiting for " + what).orElse("ready");
            return answer(request, waiting.isPresent() ? 503 : 200, Map.of("status", status));
        }
        return answer(request, 200, health.details());
    }

    private static FeedResponse answer(FeedRequest request, int status, Map<String, Object> document) {
        byte[] body = json(document).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Length", Integer.toString(body.length));
        if (status == 405) {
            headers.put("Allow", "GET, HEAD");
        }
        boolean head = request.method().equals("HEAD");
        return new FeedResponse(status, headers, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body));
    }

    private static String json(Map<String, Object> document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers can always be written", e);
        }
    }
}
