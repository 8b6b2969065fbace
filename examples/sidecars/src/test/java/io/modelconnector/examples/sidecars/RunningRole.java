package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A role of the program in this process, with a port that is known beforehand. */
final class RunningRole implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final StringWriter err = new StringWriter();
    private final Lifetime lifetime = new Lifetime();
    private final String base;
    private final Thread thread;
    private volatile int code = -1;

    /**
     * Starts a role.
     *
     * @param flag the flag of the port that is asked, {@code --address} or {@code --metrics-address}
     * @param port the port
     */
    RunningRole(Map<String, String> environment, String role, String flag, int port, String... more) {
        base = "http://127.0.0.1:" + port;
        String[] arguments = new String[more.length + 2];
        arguments[0] = role;
        arguments[1] = flag + "=127.0.0.1:" + port;
        System.arraycopy(more, 0, arguments, 2, more.length);
        Surroundings surroundings = new Surroundings(
                environment, new PrintWriter(new StringWriter()), new PrintWriter(err, true), () -> lifetime);
        thread = new Thread(() -> code = Main.run(surroundings, arguments), "role-" + role);
        thread.start();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base() {
        return base;
    }

    /** Waits until it answers at all. */
    RunningRole answering() {
        await().atMost(PATIENCE).until(() -> {
            assertThat(thread.isAlive()).as(err.toString()).isTrue();
            return status("GET", "/healthz") == 200;
        });
        return this;
    }

    /** Waits until it says that it can serve what it should. */
    RunningRole ready() {
        await().atMost(PATIENCE).until(() -> status("GET", "/readyz") == 200);
        return this;
    }

    HttpResponse<String> get(String path, String... headers) {
        return ask("GET", path, null, headers);
    }

    HttpResponse<String> ask(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int status(String method, String path) {
        try {
            return ask(method, path, null).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** Waits until it has ended; gives its exit code. */
    int awaitExit() throws InterruptedException {
        thread.join(PATIENCE.toMillis());
        return code;
    }

    String err() {
        return err.toString();
    }

    @Override
    public void close() {
        lifetime.close();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
