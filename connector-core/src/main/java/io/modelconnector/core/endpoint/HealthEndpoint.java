package io.modelconnector.core.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelconnector.core.feed.FeedHealth;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.PartHealth;
import io.modelconnector.core.feed.SourceHealth;
import io.modelconnector.core.feed.StoreHealth;
import io.modelconnector.core.source.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answers probes and shows the health of a feed. For an address that only operators reach: names of models and the messages
 * of upstreams are in it, secrets are not.
 *
 * <ul>
 *   <li>{@code GET /healthz}: 200 as long as the process answers at all; a failing source is no reason to restart
 *   <li>{@code GET /readyz}: 200 once the feed is published, 503 before
 *   <li>{@code GET /health}: everything that is known about sources, the store and problems, as JSON
 * </ul>
 *
 * <p>Thread-safe; never waits, never throws.
 */
public final class HealthEndpoint {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] ALIVE = "{\"status\":\"alive\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] READY = "{\"status\":\"ready\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WAITING =
            "{\"status\":\"waiting for the first complete read\"}".getBytes(StandardCharsets.UTF_8);

    private final ModelFeed feed;

    private HealthEndpoint(ModelFeed feed) {
        this.feed = feed;
    }

    /** Makes the endpoint of a feed. The feed is not closed with it. */
    public static HealthEndpoint of(ModelFeed feed) {
        return new HealthEndpoint(feed);
    }

    /**
     * Answers one request.
     *
     * @param request what was asked
     * @return what to answer, for every request
     */
    public FeedResponse handle(FeedRequest request) {
        String path = request.rawPath();
        boolean known = path.equals("/healthz") || path.equals("/readyz") || path.equals("/health");
        if (!known) {
            return Responses.error(request, 404, "there is nothing at " + RequestSyntax.printable(path));
        }
        if (!RequestSyntax.isRead(request)) {
            return Responses.methodNotAllowed(request);
        }
        if (path.equals("/healthz")) {
            return Responses.json(request, 200, ALIVE);
        }
        if (path.equals("/readyz")) {
            boolean ready = feed.snapshot().published();
            return Responses.json(request, ready ? 200 : 503, ready ? READY : WAITING);
        }
        return Responses.json(request, 200, document(feed.health()));
    }

    private static byte[] document(FeedHealth health) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeBooleanField("published", health.published());
            json.writeBooleanField("degraded", health.degraded());
            json.writeNumberField("entries", health.entries());
            optional(json, "failure", health.failure());
            json.writeArrayFieldStart("sources");
            for (SourceHealth source : health.sources()) {
                json.writeStartObject();
                json.writeStringField("name", source.source());
                json.writeStringField("status", source.status().name().toLowerCase(Locale.ROOT));
                optional(json, "failure", source.failure());
                json.writeArrayFieldStart("parts");
                for (PartHealth part : source.parts()) {
                    part(json, part);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            problems(json, health.problems());
            if (health.store() != null) {
                store(json, health.store());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void part(JsonGenerator json, PartHealth part) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", part.name());
        json.writeStringField("status", part.status().name().toLowerCase(Locale.ROOT));
        optional(json, "failure", part.failure());
        optional(json, "lastCompleteRead", part.lastCompleteRead());
        json.writeNumberField("modelVersions", part.modelVersions());
        json.writeNumberField("servedModels", part.servedModels());
        problems(json, part.problems());
        json.writeEndObject();
    }

    private static void store(JsonGenerator json, StoreHealth store) throws IOException {
        json.writeObjectFieldStart("store");
        json.writeStringField("status", store.status().name().toLowerCase(Locale.ROOT));
        optional(json, "failure", store.failure());
        optional(json, "lastSuccess", store.lastSuccess());
        json.writeNumberField("waiting", store.waiting());
        json.writeNumberField("standingIn", store.standingIn());
        problems(json, store.problems());
        json.writeEndObject();
    }

    private static void problems(JsonGenerator json, List<Problem> problems) throws IOException {
        json.writeArrayFieldStart("problems");
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringField("item", problem.item());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
