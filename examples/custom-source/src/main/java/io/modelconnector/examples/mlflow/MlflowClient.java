package io.modelconnector.examples.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads collections of MLflow's REST API, page by page. Thread-safe. */
final class MlflowClient {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_RESPONSE_BYTES = 64 << 20;
    private static final int MAX_PAGES = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String base;
    private final Supplier<@Nullable String> token;
    private final HttpClient http;

    MlflowClient(URI trackingServer, Supplier<@Nullable String> token, HttpClient http) {
        requireBase(trackingServer);
        base = trackingServer.toString().replaceAll("/+$", "") + "/api/2.0/mlflow/";
        this.token = token;
        this.http = http;
    }

    /**
     * Reads a collection to its end.
     *
     * @param collection its name in the path
     * @param field its name in the answer; a server without items may leave it out
     * @param pageSize how many items to ask for at once
     */
    List<JsonNode> search(String collection, String field, int pageSize) throws InterruptedException {
        String url = base + collection + "/search";
        List<JsonNode> items = new ArrayList<>();
        Set<String> pages = new HashSet<>();
        String page = "";
        // A server that repeats a page would otherwise be read for ever.
        while (pages.add(page) && pages.size() <= MAX_PAGES) {
            JsonNode answer =
                    get(url, "?max_results=" + pageSize + (page.isEmpty() ? "" : "&page_token=" + encode(page)));
            JsonNode found = answer.path(field);
            if (!answer.isObject() || !(found.isArray() || found.isMissingNode())) {
                throw new MalformedResponseException("reading " + url + ": the answer is not what MLflow would give;"
                        + " check that the URL is a tracking server's");
            }
            found.forEach(items::add);
            page = answer.path("next_page_token").asText("");
            if (page.isEmpty()) {
                return items;
            }
        }
        throw new MalformedResponseException("reading " + url + ": page " + pages.size()
                + " is not the last, or one that was given before; the server has to be repaired");
    }

    private JsonNode get(String url, String query) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + query))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", "application/json");
        String bearer = token.get();
        if (bearer != null) {
            authorize(request, url, bearer);
        }
        try {
            // The timeout holds until the headers are there; a body that trickles is ended by the read's own limit.
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                requireSuccess(url, response.statusCode());
                return JSON.readTree(bounded(url, body));
            }
        } catch (JsonProcessingException e) {
            throw new MalformedResponseException(
                    "reading " + url + ": the answer is not JSON; check that the URL is a tracking server's", e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading " + url);
            }
            throw new SourceUnavailableException("reading " + url + " failed: " + e, e);
        }
    }

    /** The messages do not quote the URL: whatever is wrong with it, there may be a password anywhere in it. */
    private static void requireBase(URI trackingServer) {
        String scheme = trackingServer.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw invalidBase("begins with neither http:// nor https://");
        }
        if (trackingServer.getHost() == null) {
            throw invalidBase("has no valid host");
        }
        if (trackingServer.getRawUserInfo() != null) {
            throw invalidBase("has user info; credentials are given as the token");
        }
        if (trackingServer.getRawQuery() != null || trackingServer.getRawFragment() != null) {
            throw invalidBase("has a query or a fragment");
        }
    }

    private static ConfigurationException invalidBase(String fault) {
        return new ConfigurationException("trackingServer was a URL that " + fault
                + ", must be a base URL such as https://mlflow.example.com/mlflow");
    }

    private static void authorize(HttpRequest.Builder request, String url, String bearer) {
        try {
            request.header("Authorization", "Bearer " + bearer);
        } catch (IllegalArgumentException e) {
            // Without the cause, because that quotes the token.
            throw new SourceRejectedException("reading " + url
                    + " was not tried: the token has a character that no header may have, such as a line break");
        }
    }

    private static void requireSuccess(String url, int status) {
        if (status == 401 || status == 403) {
            throw new SourceRejectedException("reading " + url + " was refused: " + status
                    + "; the token's user needs to be allowed to read registered models");
        }
        if (status == 429 || status >= 500) {
            throw new SourceUnavailableException("reading " + url + " failed: " + status);
        }
        if (status != 200) {
            throw new MalformedResponseException(
                    "reading " + url + " gave " + status + "; check that the URL is a tracking server's");
        }
    }

    private static byte[] bounded(String url, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_RESPONSE_BYTES + 1);
        if (bytes.length > MAX_RESPONSE_BYTES) {
            throw new MalformedResponseException(
                    "reading " + url + ": the answer is larger than " + MAX_RESPONSE_BYTES + " bytes");
        }
        return bytes;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
