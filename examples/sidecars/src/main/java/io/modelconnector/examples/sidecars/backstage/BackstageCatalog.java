package io.modelconnector.examples.sidecars.backstage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * The locations of a Backstage catalog, as its REST API has them. Methods block until the answer is there, and end soon
 * when the thread is interrupted and the client's calls are cancelled. Thread-safe.
 */
final class BackstageCatalog {
    /** Some 100,000 locations. */
    private static final long LONGEST_ANSWER = 32L << 20;

    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(LONGEST_ANSWER)
                    .build())
            .build());

    private final BackstageHttp http;
    private final HttpUrl url;

    BackstageCatalog(BackstageHttp http) {
        this.http = http;
        this.url = http.backstage()
                .newBuilder()
                .addPathSegments("api/catalog/locations")
                .build();
    }

    /**
     * Lists the locations.
     *
     * @return all of them; nothing if this Backstage does not list them
     */
    Optional<List<CatalogLocation>> locations() throws PushFailure, InterruptedException {
        String doing = "listing the locations";
        return http.send(doing, new Request.Builder().url(url), response -> switch (response.code()) {
            case 200 -> Optional.of(list(doing, response.body().byteStream()));
            case 403, 404, 405 -> Optional.empty();
            default -> throw http.failures().ofStatus(doing, response);
        });
    }

    /** Looks whether a location is still there. */
    Optional<CatalogLocation> location(String id) throws PushFailure, InterruptedException {
        String doing = "looking for the location " + id;
        return http.send(doing, new Request.Builder().url(url(id)), response -> switch (response.code()) {
            case 200, 201 -> read(JSON.readTree(response.body().byteStream()));
            case 404 -> Optional.empty();
            default -> throw http.failures().ofStatus(doing, response);
        });
    }

    /**
     * Registers a location.
     *
     * @return the location; nothing if there is one with this target already
     */
    Optional<CatalogLocation> register(String target) throws PushFailure, InterruptedException {
        String doing = "registering " + target;
        String body = JSON.createObjectNode()
                .put("type", CatalogLocation.TYPE)
                .put("target", target)
                .toString();
        Request.Builder request = new Request.Builder().url(url).post(RequestBody.create(body, JSON_TYPE));
        return http.send(doing, request, response -> switch (response.code()) {
            case 200, 201 ->
                Optional.of(new CatalogLocation(
                        registeredId(doing, response.body().byteStream()), CatalogLocation.TYPE, target));
            case 409 -> Optional.empty();
            default -> throw http.failures().ofStatus(doing, response);
        });
    }

    /** Deletes a location, if it is there. */
    void delete(String id) throws PushFailure, InterruptedException {
        String doing = "deleting the location " + id;
        boolean unused = http.send(doing, new Request.Builder().url(url(id)).delete(), response -> {
            if (!response.isSuccessful() && response.code() != 404) {
                throw http.failures().ofStatus(doing, response);
            }
            return true;
        });
    }

    /** The failure if Backstage has locations, but does not show them. */
    PushFailure hidden(int locations) {
        return http.failures().hidden(locations);
    }

    private HttpUrl url(String id) {
        return url.newBuilder().addPathSegment(id).build();
    }

    private List<CatalogLocation> list(String doing, InputStream body) throws IOException, PushFailure {
        List<CatalogLocation> locations = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw http.failures().malformed(doing, "is no list");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                read(JSON.readTree(parser)).ifPresent(locations::add);
            }
        }
        return locations;
    }

    private String registeredId(String doing, InputStream body) throws IOException, PushFailure {
        JsonNode answer = JSON.readTree(body);
        JsonNode location = answer.path("location").isObject() ? answer.path("location") : answer;
        String id = location.path("id").asText("");
        if (id.isEmpty()) {
            throw http.failures().malformed(doing, "has no id of the location");
        }
        return id;
    }

    /** In a list a location is wrapped, on its own it is not. */
    private static Optional<CatalogLocation> read(JsonNode item) {
        JsonNode location = item.path("data").isObject() ? item.path("data") : item;
        String id = location.path("id").asText("");
        String type = location.path("type").asText("");
        String target = location.path("target").asText("");
        return id.isEmpty() || type.isEmpty() || target.isEmpty()
                ? Optional.empty()
                : Optional.of(new CatalogLocation(id, type, target));
    }
}
