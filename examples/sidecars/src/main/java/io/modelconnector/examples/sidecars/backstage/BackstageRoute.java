package io.modelconnector.examples.sidecars.backstage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Finds Backstage by its Route: the one of a namespace whose label {@code app.kubernetes.io/name} contains {@code
 * backstage}, and which a router has admitted. Of several it is the last by name, as the existing connector has it. Each
 * question is one request to the API server. Thread-safe.
 */
public final class BackstageRoute implements BackstageAddress {
    private static final String LABEL = "app.kubernetes.io/name";
    private static final String[] AUTHENTICATIONS = {"BearerToken"};
    private static final long TIMEOUT_SECONDS = 10;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxDocumentLength(16L << 20).build())
            .build());

    private final ApiClient client;
    private final @Nullable String namespace;
    private volatile @Nullable Call active;

    /**
     * Makes it; nothing is asked yet.
     *
     * @param client access to the cluster; borrowed
     * @param namespace the namespace, as {@code POD_NAMESPACE} says it; null if that is not known, which is told when the
     *     Route is looked for
     */
    public BackstageRoute(ApiClient client, @Nullable String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Looks for the Route.
     *
     * @return Backstage's base URL
     * @throws ConnectorException if there is none, or it cannot be looked for; the message says what to do
     * @throws InterruptedException if the thread was interrupted
     */
    @Override
    public URI find() throws InterruptedException {
        if (namespace == null) {
            throw new SourceUnavailableException("Backstage's Route cannot be looked for, because POD_NAMESPACE is not"
                    + " set; set it, or set BKSTG_URL to Backstage's URL");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Call call = call(namespace);
        call.timeout().timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        active = call;
        try (Response response = call.execute()) {
            if (response.code() != 200) {
                throw refused(response.code());
            }
            return choose(JSON.readTree(response.body().byteStream()));
        } catch (JsonProcessingException e) {
            throw noList(e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new SourceUnavailableException(
                    doing() + " failed: " + e.getClass().getSimpleName() + "; is the API server up?", e);
        } finally {
            active = null;
        }
    }

    @Override
    public void cancel() {
        Call call = active;
        if (call != null) {
            call.cancel();
        }
    }

    private Call call(String namespace) {
        String path = "/apis/route.openshift.io/v1/namespaces/" + namespace + "/routes";
        try {
            return client.getHttpClient()
                    .newCall(client.buildRequest(
                            null,
                            path,
                            "GET",
                            List.of(),
                            List.of(),
                            null,
                            new HashMap<>(Map.of("Accept", "application/json")),
                            Map.of(),
                            Map.of(),
                            AUTHENTICATIONS,
                            null));
        } catch (ApiException e) {
            // Building a request without a body serializes nothing, which is all that could fail.
            throw new IllegalStateException("building a request failed", e);
        }
    }

    private URI choose(JsonNode list) {
        if (!list.has("items")) {
            throw noList(null);
        }
        Map<String, String> hosts = new TreeMap<>();
        boolean labelled = false;
        for (JsonNode route : list.path("items")) {
            JsonNode metadata = route.path("metadata");
            if (metadata.path("labels").path(LABEL).asText("").contains("backstage")) {
                labelled = true;
                String host = route.path("status")
                        .path("ingress")
                        .path(0)
                        .path("host")
                        .asText("");
                if (!host.isEmpty()) {
                    hosts.put(metadata.path("name").asText(""), host);
                }
            }
        }
        if (hosts.isEmpty()) {
            throw new SourceUnavailableException(doing()
                    + (labelled
                            ? " found one that no router has admitted yet"
                            : " found none whose label " + LABEL + " contains \"backstage\"")
                    + "; wait for it, or set BKSTG_URL to Backstage's URL");
        }
        return url(List.copyOf(hosts.values()).get(hosts.size() - 1));
    }

    private URI url(String host) {
        try {
            URI url = URI.create("https://" + host);
            if (host.equals(url.getHost())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new MalformedResponseException(
                doing() + " found one whose status.ingress has no valid host; set BKSTG_URL to Backstage's URL");
    }

    private ConnectorException refused(int status) {
        String text = doing() + " was answered " + status;
        if (status == 404) {
            return new SourceUnavailableException(
                    text + ": this cluster has no Routes; set BKSTG_URL to Backstage's URL");
        }
        if (status == 401 || status == 403) {
            return new SourceRejectedException(text + "; allow the ServiceAccount to list routes.route.openshift.io in"
                    + " that namespace, or set BKSTG_URL to Backstage's URL");
        }
        return new SourceUnavailableException(text + "; is the API server up?");
    }

    private ConnectorException noList(@Nullable IOException cause) {
        return new MalformedResponseException(
                doing() + " was answered with something that is no list in JSON; is it the API server?", cause);
    }

    private String doing() {
        return "looking for Backstage's Route in namespace " + namespace;
    }
}
