package io.modelconnector.kserve.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * What an API server does with single objects: get, create, update and merge patch, with optimistic locking and the limits
 * of ConfigMaps. Thread-safe.
 */
public final class ObjectRequests {
    private static final int MAX_CONFIG_MAP_BYTES = 1 << 20;

    private final FakeApiServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final AtomicReference<Function<Call, @Nullable MockResponse>> intervention =
            new AtomicReference<>(call -> null);
    private volatile int maxBytes = MAX_CONFIG_MAP_BYTES;
    private volatile boolean metadataOnly;

    ObjectRequests(FakeApiServer server) {
        this.server = server;
    }

    /**
     * A request.
     *
     * @param verb get, create, update or patch
     * @param name the object's name
     * @param body what was sent
     */
    public record Call(String verb, String plural, String namespace, String name, JsonNode body) {
        @Override
        public String toString() {
            return verb + ' ' + name;
        }
    }

    /** The requests so far. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The requests so far that change something. */
    public List<Call> writes() {
        return calls.stream().filter(call -> !call.verb().equals("get")).toList();
    }

    /** The requests so far that read something. */
    public List<Call> reads() {
        return calls.stream().filter(call -> call.verb().equals("get")).toList();
    }

    /** Answers a verb with a status. */
    public synchronized void refuse(String verb, int status) {
        refusals.put(verb, status);
    }

    /** Answers all verbs as usual again. */
    public synchronized void allowAll() {
        refusals.clear();
        intervention.set(call -> null);
    }

    /** Has a look at each request before it is answered; what it gives is the answer, unless that is null. */
    public void intervene(Function<Call, @Nullable MockResponse> how) {
        intervention.set(how);
    }

    /** Takes that many bytes of values in a ConfigMap, and not what Kubernetes takes. */
    public void maxBytes(int bytes) {
        maxBytes = bytes;
    }

    /** Does what was asked for, for interventions that answer something else. */
    public void make(Call call) {
        synchronized (server) {
            answer(call, "application/merge-patch+json", false);
        }
    }

    /** Answers writes with the metadata only, as real servers do when they are asked for that. */
    public void answerMetadataOnly() {
        metadataOnly = true;
    }

    @Nullable
    MockResponse answer(RecordedRequest request) {
        List<String> path = request.getUrl().pathSegments();
        int namespaces = path.indexOf("namespaces");
        boolean named = namespaces >= 0 && path.size() == namespaces + 4;
        boolean created = request.getMethod().equals("POST") && path.size() == namespaces + 3;
        if (!named && !created) {
            return null;
        }
        JsonNode body = body(request);
        String name =
                named ? path.get(namespaces + 3) : body.at("/metadata/name").asText();
        Call call = new Call(verb(request.getMethod()), path.get(namespaces + 2), path.get(namespaces + 1), name, body);
        calls.add(call);
        MockResponse instead = intervention.get().apply(call);
        if (instead != null) {
            return instead;
        }
        synchronized (this) {
            Integer status = refusals.get(call.verb());
            if (status != null) {
                return FakeApiServer.status(status);
            }
        }
        boolean partial = metadataOnly
                && String.valueOf(request.getHeaders().get("Accept")).contains("PartialObject");
        synchronized (server) {
            return answer(call, request.getHeaders().get("Content-Type"), partial);
        }
    }

    private MockResponse answer(Call call, @Nullable String contentType, boolean partial) {
        ObjectNode known = server.object(call.plural(), call.namespace(), call.name());
        if (call.verb().equals("create")) {
            return known != null ? FakeApiServer.status(409) : create(call, partial);
        }
        if (known == null) {
            return FakeApiServer.status(404);
        }
        return switch (call.verb()) {
            case "get" -> FakeApiServer.json(200, known.toString());
            case "patch" ->
                "application/merge-patch+json".equals(contentType)
                        ? replace(call, known, merged(known.deepCopy(), call.body()), partial)
                        : FakeApiServer.status(415);
            default -> replace(call, known, ((ObjectNode) call.body()).deepCopy(), partial);
        };
    }

    private MockResponse create(Call call, boolean partial) {
        ObjectNode object = ((ObjectNode) call.body()).deepCopy();
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        if (metadata.has("resourceVersion")) {
            return FakeApiServer.status(400);
        }
        metadata.put("namespace", call.namespace());
        metadata.put("uid", UUID.randomUUID().toString());
        return store(call, object, 201, partial);
    }

    private MockResponse replace(Call call, ObjectNode before, ObjectNode next, boolean partial) {
        ObjectNode metadata = (ObjectNode) next.get("metadata");
        JsonNode given = metadata.path("resourceVersion");
        JsonNode current = before.at("/metadata/resourceVersion");
        if (!given.isMissingNode() && !given.equals(current)) {
            return FakeApiServer.status(409);
        }
        boolean frozen = before.path("immutable").asBoolean();
        if (frozen && !before.path("binaryData").equals(next.path("binaryData"))) {
            return FakeApiServer.status(422);
        }
        metadata.set("uid", before.at("/metadata/uid"));
        metadata.set("resourceVersion", current);
        return next.equals(before) ? FakeApiServer.json(200, before.toString()) : store(call, next, 200, partial);
    }

    private MockResponse store(Call call, ObjectNode object, int status, boolean partial) {
        if (call.plural().equals("configmaps") && !isValid(object)) {
            return FakeApiServer.status(422);
        }
        server.apply(call.plural(), object);
        ObjectNode shown = object.deepCopy();
        if (partial) {
            shown.put("kind", "PartialObjectMetadata").remove(List.of("data", "binaryData"));
        }
        return FakeApiServer.json(status, shown.toString());
    }

    private boolean isValid(ObjectNode object) {
        int bytes = 0;
        for (Map.Entry<String, JsonNode> value : object.path("data").properties()) {
            bytes += value.getValue().asText().length();
        }
        for (Map.Entry<String, JsonNode> value : object.path("binaryData").properties()) {
            String key = value.getKey();
            if (!key.matches("[-._a-zA-Z0-9]{1,253}")
                    || key.startsWith("..")
                    || object.path("data").has(key)) {
                return false;
            }
            bytes += Base64.getDecoder().decode(value.getValue().asText()).length;
        }
        return bytes <= maxBytes;
    }

    /** RFC 7386. */
    private static ObjectNode merged(ObjectNode target, JsonNode patch) {
        for (Iterator<Map.Entry<String, JsonNode>> it = patch.properties().iterator(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> field = it.next();
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                JsonNode inner = target.path(field.getKey());
                ObjectNode base = inner.isObject() ? (ObjectNode) inner : Json.MAPPER.createObjectNode();
                target.set(field.getKey(), merged(base, field.getValue()));
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
        return target;
    }

    private static JsonNode body(RecordedRequest request) {
        if (request.getBody() == null || request.getBody().size() == 0) {
            return Json.MAPPER.createObjectNode();
        }
        try {
            return Json.MAPPER.readTree(request.getBody().utf8());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            default -> "get";
        };
    }
}
