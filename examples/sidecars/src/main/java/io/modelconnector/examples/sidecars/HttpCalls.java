package io.modelconnector.examples.sidecars;

import io.modelconnector.rhoai.client.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An HTTP client for what is neither a registry nor the cluster, closed with the program. */
record HttpCalls(OkHttpClient client) implements AutoCloseable {
    /** Makes a client with the trust and the limits of some settings; it follows no redirects. */
    static HttpCalls trusting(HttpSettings settings) {
        return new HttpCalls(settings.applyTo(new OkHttpClient.Builder()).build());
    }

    /** Fetches a document of limited length in limited time; see {@link io.modelconnector.core.definition.DefinitionFetcher}. */
    static byte[] fetch(OkHttpClient client, URI url, int maxBytes, Duration timeout) throws IOException {
        OkHttpClient timed = client.newBuilder().callTimeout(timeout).build();
        try (Response response =
                timed.newCall(new Request.Builder().url(url.toString()).build()).execute()) {
            if (response.code() != 200) {
                throw new IOException("the answer was " + response.code());
            }
            byte[] body = response.body().byteStream().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw new IOException("the answer has more than " + maxBytes + " bytes");
            }
            return body;
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
