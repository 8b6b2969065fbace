package io.modelconnector.core.endpoint.contract;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A connection on which HTTP is written as it is meant to arrive, and read as it comes, byte by byte. */
final class HttpConnection implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final URI base;
    private final SocketChannel channel;
    private final long deadline = System.nanoTime() + PATIENCE_NANOS;
    private final ByteBuffer received = ByteBuffer.allocate(16 * 1024).flip();

    private HttpConnection(URI base) throws IOException {
        this.base = base;
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
    }

    /** Begins to connect, and does not wait for it. */
    static HttpConnection begin(URI base) throws IOException {
        HttpConnection connection = new HttpConnection(base);
        boolean unused = connection.channel.connect(
                new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort()));
        return connection;
    }

    /** Sends a request and reads the answer to it. */
    static Answer ask(URI base, String method, String target, String... headers) throws IOException {
        try (HttpConnection connection = begin(base)) {
            return connection.ask(method, target, headers);
        }
    }

    /** Sends a request and reads the answer to it; what is asked for lies below the base. */
    Answer ask(String method, String target, String... headers) throws IOException {
        send(method, target, headers);
        return receive(method);
    }

    void send(String method, String target, String... headers) throws IOException {
        while (!channel.finishConnect()) {
            pause("connect");
        }
        StringBuilder request = new StringBuilder(method + ' ' + base.getRawPath() + target + " HTTP/1.1\r\n");
        request.append("Host: ").append(base.getRawAuthority()).append("\r\n");
        List.of(headers).forEach(header -> request.append(header).append("\r\n"));
        ByteBuffer bytes =
                StandardCharsets.ISO_8859_1.encode(request.append("\r\n").toString());
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                pause("send");
            }
        }
    }

    /** Reads an answer. What it must not have, a body after HEAD, would be met by the next one. */
    Answer receive(String method) throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        Answer answer = new Answer(statusLine, status, headers, new byte[0]);
        if (method.equals("HEAD") || status == 304) {
            return answer;
        }
        String length = Objects.requireNonNull(answer.header("Content-Length"), "an answer without a Content-Length");
        byte[] body = new byte[Integer.parseInt(length)];
        for (int i = 0; i < body.length; i++) {
            body[i] = next();
        }
        return new Answer(statusLine, status, headers, body);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next = next(); next != '\n'; next = next()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
    }

    private byte next() throws IOException {
        while (!received.hasRemaining()) {
            received.clear();
            int count = channel.read(received);
            received.flip();
            if (count < 0) {
                throw new EOFException("the host closed a connection on which it had not answered completely");
            }
            if (count == 0) {
                pause("be answered");
            }
        }
        return received.get();
    }

    private void pause(String what) throws SocketTimeoutException {
        if (System.nanoTime() - deadline > 0) {
            throw new SocketTimeoutException("waited too long to " + what);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    record Answer(String statusLine, int status, List<String> headers, byte[] body) {
        /** A header's value; null without it. */
        @Nullable
        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ':';
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse(null);
        }

        /** What does not depend on when the answer was made, and how names of headers are written. */
        List<String> lastingHeaders() {
            return headers.stream()
                    .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)
                            + ':'
                            + line.substring(line.indexOf(':') + 1).strip())
                    .filter(line -> !line.startsWith("date:"))
                    .sorted()
                    .toList();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        boolean sameBody(Answer other) {
            return Arrays.equals(body, other.body);
        }
    }
}
