package io.modelconnector.examples.sidecars.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * Answers as the existing Go {@code storage-rest} does: cuts keys off after their second part, always answers 201, knows
 * neither digests nor unknown entries, keeps no model card, and takes a key set only from the query.
 */
public final class GoStorage extends GoPart {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> bodies = new TreeMap<>();
    private final Map<String, String> types = new TreeMap<>();
    private volatile int status = 200;
    private boolean nullList;

    public GoStorage() throws IOException {}

    /** The keys that it has, as it has them. */
    public synchronized List<String> keys() {
        return List.copyOf(bodies.keySet());
    }

    /** Lets it have an entry. */
    public synchronized GoStorage with(String key, String base64) {
        bodies.put(key, base64);
        types.put(key, "kubeflow");
        return this;
    }

    /** Loses everything, as when somebody deletes its ConfigMap. */
    public synchronized void forget() {
        bodies.clear();
        types.clear();
    }

    /** Answers everything with a status from now on; 200 for as usual. */
    public GoStorage failing(int with) {
        status = with;
        return this;
    }

    GoStorage listsNull() {
        nullList = true;
        return this;
    }

    @Override
    synchronized MockResponse answer(RecordedRequest request, String key) {
        if (status != 200) {
            return empty(status);
        }
        return switch (request.getMethod() + ' ' + request.getUrl().encodedPath()) {
            case "GET /list" -> json(nullList ? "{\"keys\":null}" : "{\"keys\":" + JSON.valueToTree(keys()) + '}');
            case "GET /fetch" -> key == null ? empty(400) : json(record(key).toString());
            case "POST /upsert" -> upsert(request, key);
            case "POST /currentkeyset" -> keep(key == null ? List.of() : List.of(key.split(",")));
            default -> empty(404);
        };
    }

    private ObjectNode record(String key) {
        ObjectNode record = JSON.createObjectNode();
        record.put("body", bodies.get(key));
        record.put("locationId", "");
        record.put("locationTarget", "");
        record.put("locationIDValid", false);
        record.put("reconcilerType", types.getOrDefault(key, ""));
        record.put("lastUpdateTimeSinceEpoch", "");
        return record;
    }

    private MockResponse upsert(RecordedRequest request, String key) {
        String kept = normalized(key);
        JsonNode document;
        try {
            document = JSON.readTree(body(request));
        } catch (IOException e) {
            return empty(400);
        }
        if (kept == null || !document.path("lastUpdateTimeSinceEpoch").isTextual()) {
            return empty(400);
        }
        bodies.put(kept, document.path("body").asText());
        types.put(kept, String.valueOf(request.getUrl().queryParameter("type")));
        return empty(201);
    }

    private MockResponse keep(List<String> keys) {
        bodies.keySet().retainAll(keys);
        return empty(200);
    }
}
