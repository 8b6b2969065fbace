package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** The API server, asked for single things, as JSON. Thread-safe. */
final class Cluster {
    /** Makes the API server go through a write up to storing it. */
    private static final String DRY_RUN = "dryRun";

    private static final String[] AUTHENTICATIONS = {"BearerToken"};
    private static final MediaType JSON = MediaType.get("application/json");

    private final KubernetesAccess access;
    private final Caller caller;

    /**
     * Makes it.
     *
     * @param access the way in; borrowed
     * @param callLimit how long a request may take
     */
    Cluster(KubernetesAccess access, Duration callLimit) {
        this.access = access;
        OkHttpClient http = access.client()
                .getHttpClient()
                .newBuilder()
                .callTimeout(callLimit)
                .readTimeout(callLimit)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.caller = new Caller(http);
    }

    ApiClient client() {
        return access.client();
    }

    /** Where it is. */
    String server() {
        return Caller.server(HttpUrl.get(client().getBasePath()));
    }

    /** The namespace to work in; null if nothing says one. */
    @Nullable
    String namespace() {
        return access.namespace().orElse(null);
    }

    Reply get(String path) throws NoReplyException, InterruptedException {
        return caller.send(request(path, List.of()));
    }

    /** Has it say something about us, which stores nothing. */
    Reply review(String path, ObjectNode question) throws NoReplyException, InterruptedException {
        Request request = request(path, List.of());
        return caller.send(request.newBuilder().post(body(question)).build());
    }

    /** Has it check a new object, down to storing it. */
    Reply dryCreate(String path, ObjectNode object) throws NoReplyException, InterruptedException {
        Request request = request(path, List.of(new Pair(DRY_RUN, "All")));
        return caller.send(request.newBuilder().post(body(object)).build());
    }

    /** Has it check an update, down to storing it. */
    Reply dryUpdate(String path, byte[] object) throws NoReplyException, InterruptedException {
        Request request = request(path, List.of(new Pair(DRY_RUN, "All")));
        return caller.send(
                request.newBuilder().put(RequestBody.create(object, JSON)).build());
    }

    private Request request(String path, List<Pair> query) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        try {
            return client().buildRequest(
                            null,
                            path,
                            "GET",
                            query,
                            List.of(),
                            null,
                            headers,
                            Map.of(),
                            Map.of(),
                            AUTHENTICATIONS,
                            null);
        } catch (ApiException e) {
            // Building a request without a body serializes nothing, which is all that could fail.
            throw new IllegalStateException("building a request failed", e);
        }
    }

    private static RequestBody body(ObjectNode object) {
        return RequestBody.create(object.toString(), JSON);
    }
}
