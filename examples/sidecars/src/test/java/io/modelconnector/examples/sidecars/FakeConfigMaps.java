package io.modelconnector.examples.sidecars;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The ConfigMaps of one namespace: lists, watches, creates, replaces and patches, with optimistic concurrency. */
public final class FakeConfigMaps {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Event(long version, String type, ObjectNode object) {}

    private final String path;
    private final Map<String, ObjectNode> maps = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private long version = 7;
    private final Map<String, Integer> writes = new TreeMap<>();
    private boolean refused;
    private boolean closed;
    private String awaited = "";
    private Runnable beforeWrite = () -> {};

    FakeConfigMaps(String namespace) {
        path = "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    boolean serves(String requested) {
        return requested.equals(path) || requested.startsWith(path + '/');
    }

    /** The keys in a ConfigMap. */
    public synchronized List<String> keys(String map) {
        TreeSet<String> keys = new TreeSet<>();
        ObjectNode object = maps.get(map);
        if (object != null) {
            object.path("binaryData").fieldNames().forEachRemaining(keys::add);
        }
        return List.copyOf(keys);
    }

    /** The record of an entry. */
    public synchronized JsonNode record(String map, String key) throws IOException {
        return JSON.readTree(maps.get(map).path("binaryData").path(key).binaryValue());
    }

    /** How often a ConfigMap was created or changed. */
    public synchronized int writes(String map) {
        return writes.getOrDefault(map, 0);
    }

    /** Deletes a ConfigMap. */
    public synchronized void delete(String map) {
        ObjectNode gone = maps.remove(map);
        if (gone != null) {
            version++;
            gone.withObject("/metadata").put("resourceVersion", Long.toString(version));
            events.add(new Event(version, "DELETED", gone));
            notifyAll();
        }
    }

    /** Refuses everything from now on. */
    public synchronized void refuse() {
        refused = true;
    }

    /** Does something once, before the next write of a ConfigMap is made and while whoever makes it waits. */
    public synchronized void beforeNextWrite(String map, Runnable action) {
        awaited = map;
        beforeWrite = action;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    void answer(HttpExchange exchange) throws IOException {
        String name = name(exchange);
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        boolean reads = exchange.getRequestMethod().equals("GET");
        if (reads && query.contains("watch=")) {
            watch(exchange, query);
            return;
        }
        byte[] sent = exchange.getRequestBody().readAllBytes();
        Object[] answer = reads ? read(name) : write(exchange.getRequestMethod(), name, JSON.readTree(sent));
        byte[] body = JSON.writeValueAsBytes(answer[1]);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders((int) answer[0], body.length);
        exchange.getResponseBody().write(body);
    }

    private String name(HttpExchange exchange) {
        String requested = exchange.getRequestURI().getPath();
        return requested.equals(path) ? "" : requested.substring(path.length() + 1);
    }

    private synchronized Runnable takeAction(String target) {
        if (!target.equals(awaited)) {
            return () -> {};
        }
        awaited = "";
        Runnable action = beforeWrite;
        beforeWrite = () -> {};
        return action;
    }

    private synchronized Object[] read(String name) {
        if (refused) {
            return status(403, "Forbidden");
        }
        if (!name.isEmpty()) {
            ObjectNode found = maps.get(name);
            return found == null ? status(404, "NotFound") : new Object[] {200, found};
        }
        ObjectNode list = JSON.createObjectNode();
        list.putObject("metadata").put("resourceVersion", Long.toString(version));
        ArrayNode items = list.putArray("items");
        maps.values().forEach(items::add);
        return new Object[] {200, list};
    }

    private Object[] write(String method, String name, JsonNode sent) {
        String target = name.isEmpty() ? sent.path("metadata").path("name").asText() : name;
        takeAction(target).run();
        return writeNow(method, target, sent);
    }

    private synchronized Object[] writeNow(String method, String target, JsonNode sent) {
        if (refused) {
            return status(403, "Forbidden");
        }
        ObjectNode known = maps.get(target);
        boolean creates = method.equals("POST");
        if (creates == (known != null)) {
            return creates ? status(409, "AlreadyExists") : status(404, "NotFound");
        }
        String expected = sent.path("metadata").path("resourceVersion").asText("");
        if (known != null && !expected.isEmpty() && !expected.equals(versionOf(known))) {
            return status(409, "Conflict");
        }
        ObjectNode object = method.equals("PATCH") ? merged(known.deepCopy(), sent) : (ObjectNode) sent.deepCopy();
        version++;
        writes.merge(target, 1, Integer::sum);
        object.withObject("/metadata")
                .put("name", target)
                .put("uid", "uid-" + target)
                .put("resourceVersion", Long.toString(version));
        maps.put(target, object);
        events.add(new Event(version, creates ? "ADDED" : "MODIFIED", object.deepCopy()));
        notifyAll();
        return new Object[] {creates ? 201 : 200, object};
    }

    private static String versionOf(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    /** RFC 7396. */
    private static ObjectNode merged(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                JsonNode inner = target.path(field.getKey());
                ObjectNode base = inner.isObject() ? (ObjectNode) inner : JSON.createObjectNode();
                target.set(field.getKey(), merged(base, field.getValue()));
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
        return target;
    }

    private void watch(HttpExchange exchange, String query) throws IOException {
        long seen = Arrays.stream(query.split("&"))
                .filter(part -> part.startsWith("resourceVersion="))
                .map(part -> part.substring(part.indexOf('=') + 1))
                .filter(part -> !part.isEmpty())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        try {
            for (Event event = next(seen); event != null; event = next(seen)) {
                ObjectNode line = JSON.createObjectNode().put("type", event.type());
                line.set("object", event.object());
                out.write(JSON.writeValueAsBytes(line));
                out.write('\n');
                out.flush();
                seen = event.version();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Event next(long seen) throws InterruptedException {
        while (!closed) {
            Iterator<Event> later =
                    events.stream().filter(event -> event.version() > seen).iterator();
            if (later.hasNext()) {
                return later.next();
            }
            wait();
        }
        return null;
    }

    private static Object[] status(int code, String reason) {
        ObjectNode status = JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", reason)
                .put("code", code);
        return new Object[] {code, status};
    }
}
