package io.modelconnector.kserve.backstage;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.MalformedResponseException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Backstage for the keys of its plugins. All addresses are made of the configured one and the name of a plugin.
 * Thread-safe.
 */
final class KeyReader implements AutoCloseable {
    /** A key has about 250 bytes. */
    static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_REQUESTS = 16;
    private static final long IDLE_SECONDS = 10;

    private final HttpUrl base;
    private final OkHttpClient http;
    private final boolean owned;

    /** Is told of one read; on any thread, and once. */
    interface Listener {
        void read(String document);

        void failed(String reason);
    }

    /**
     * Makes a reader.
     *
     * @param backstage the address of the Backstage
     * @param given whose connections and trust to use; null for new ones
     * @param timeout how long a request may take
     */
    KeyReader(URI backstage, @Nullable OkHttpClient given, Duration timeout) {
        this.base = base(backstage);
        this.owned = given == null;
        this.http = (given == null ? new OkHttpClient() : given)
                .newBuilder()
                .dispatcher(dispatcher())
                .followRedirects(false)
                .followSslRedirects(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .build();
    }

    HttpUrl address(String plugin) {
        return base.newBuilder()
                .addPathSegment("api")
                .addPathSegment(plugin)
                .addPathSegments(".backstage/auth/v1/jwks.json")
                .build();
    }

    /** Begins to ask; does not wait. */
    void read(String plugin, Listener listener) {
        Request request = new Request.Builder()
                .url(address(plugin))
                .header("Accept", "application/json")
                .build();
        http.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                listener.failed(reason(e));
            }

            @Override
            public void onResponse(Call call, Response response) {
                String document;
                try (response) {
                    document = document(response);
                } catch (IOException e) {
                    listener.failed(reason(e));
                    return;
                } catch (MalformedResponseException e) {
                    listener.failed(String.valueOf(e.getMessage()));
                    return;
                }
                listener.read(document);
            }
        });
    }

    /** Gives up what is under way. A client that was given stays open. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        if (owned) {
            http.connectionPool().evictAll();
        }
    }

    private static String document(Response response) throws IOException {
        if (response.code() != 200) {
            throw new MalformedResponseException("it was answered " + response.code());
        }
        BufferedSource body = response.body().source();
        if (body.request(MOST_BYTES + 1L)) {
            throw new MalformedResponseException("the answer is longer than " + MOST_BYTES + " bytes");
        }
        return body.readString(StandardCharsets.UTF_8);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    private static Dispatcher dispatcher() {
        AtomicInteger number = new AtomicInteger();
        Dispatcher dispatcher = new Dispatcher(new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "modelconnector-backstage-keys-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                }));
        dispatcher.setMaxRequests(MOST_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MOST_REQUESTS);
        return dispatcher;
    }

    private static HttpUrl base(URI backstage) {
        HttpUrl url = HttpUrl.parse(backstage.toString());
        if (url == null) {
            throw new ConfigurationException("the address of the Backstage was " + shown(backstage)
                    + ", must be an http or https URL with a host");
        }
        if (!url.username().isEmpty()
                || !url.password().isEmpty()
                || url.encodedQuery() != null
                || url.encodedFragment() != null) {
            throw new ConfigurationException("the address of the Backstage was " + shown(backstage)
                    + " with credentials, a query or a fragment, must be one without");
        }
        String path = url.encodedPath();
        return path.endsWith("/")
                ? url.newBuilder().removePathSegment(url.pathSize() - 1).build()
                : url;
    }

    /** The address less what may be secret in it. */
    private static String shown(URI backstage) {
        return backstage.getScheme() + "://" + backstage.getHost()
                + (backstage.getPort() < 0 ? "" : ":" + backstage.getPort())
                + (backstage.getRawPath() == null ? "" : backstage.getRawPath());
    }
}
