package io.modelconnector.examples.sidecars.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * Answers as the existing Go {@code location} does: uses the first two parts of a key and the first two segments of a path,
 * lists null when it is empty, keeps the first text of a card for good, and answers 304 to whoever reads a card often.
 */
public final class GoLocation extends GoPart {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int READS = 11;

    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, String> cards = new TreeMap<>();
    private final Map<String, Integer> cardReads = new TreeMap<>();

    public GoLocation() throws IOException {}

    /** What it serves at the first two segments of a path; null if nothing. */
    public synchronized String content(String twoSegments) {
        byte[] content = contents.get(twoSegments);
        return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }

    public synchronized List<String> served() {
        return List.copyOf(contents.keySet());
    }

    synchronized String card(String key) {
        return cards.get(key);
    }

    /** Lets it serve something that nobody sent, as it does after loading the storage's records itself. */
    synchronized void corrupt(String twoSegments, String content) {
        contents.put(twoSegments, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Loses everything, as in a restart. */
    public synchronized void forget() {
        contents.clear();
        cards.clear();
        cardReads.clear();
    }

    @Override
    synchronized MockResponse answer(RecordedRequest request, String key) {
        return switch (request.getMethod() + ' ' + request.getUrl().encodedPath()) {
            case "GET /list" -> list();
            case "GET /modelcard" -> readCard(key);
            case "POST /upsert" -> upsert(request, key);
            case "DELETE /remove" -> remove(key);
            default -> request.getMethod().equals("GET") ? read(request) : empty(404);
        };
    }

    private MockResponse list() {
        ArrayNode uris = JSON.createArrayNode();
        contents.keySet().forEach(path -> uris.add('/' + path + "/model-catalog.json"));
        return json("{\"uris\":" + (uris.isEmpty() ? "null" : uris.toString()) + '}');
    }

    private MockResponse read(RecordedRequest request) {
        List<String> segments = request.getUrl().pathSegments();
        byte[] content = segments.size() == 3 ? contents.get(segments.get(0) + '/' + segments.get(1)) : null;
        return content == null ? empty(404) : json(new String(content, StandardCharsets.UTF_8));
    }

    private MockResponse readCard(String key) {
        String card = cards.get(key);
        if (card == null) {
            return empty(404);
        }
        return cardReads.merge(key, 1, Integer::sum) > READS ? empty(304) : json(card);
    }

    private MockResponse upsert(RecordedRequest request, String key) {
        String normalized = normalized(key);
        JsonNode document;
        try {
            document = JSON.readTree(body(request));
        } catch (IOException e) {
            return empty(400);
        }
        if (normalized == null) {
            return empty(400);
        }
        byte[] content = Base64.getDecoder().decode(document.path("body").asText());
        contents.put(normalized.replace('_', '/'), content);
        cards.putIfAbsent(
                document.path("modelCardKey").asText(),
                document.path("modelCard").asText());
        return empty(201);
    }

    private MockResponse remove(String key) {
        String normalized = normalized(key);
        if (normalized == null) {
            return empty(400);
        }
        contents.remove(normalized.replace('_', '/'));
        return empty(200);
    }
}
