package io.modelconnector.examples.sidecars.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A connection on which a test writes HTTP as it likes and sees what comes back, byte by byte. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    /** Sends a request line and headers, and reads one answer. */
    Answer ask(String requestLine, String... headers) throws IOException {
        send(requestLine, headers);
        return receive(requestLine.startsWith("HEAD"));
    }

    void send(String requestLine, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(requestLine).append(" HTTP/1.1\r\nHost: localhost\r\n");
        List.of(headers).forEach(header -> request.append(header).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    Answer receive(boolean head) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!endsWithBlankLine(bytes.toByteArray())) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after \"" + bytes + '"');
            }
            bytes.write(next);
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        List<String> lines = Arrays.asList(text.strip().split("\r\n"));
        int status = Integer.parseInt(lines.get(0).split(" ")[1]);
        Answer empty = new Answer(lines.get(0), status, lines.subList(1, lines.size()), new byte[0]);
        if (head || status == 304) {
            return empty;
        }
        byte[] body = in.readNBytes(Integer.parseInt(empty.header("Content-Length")));
        return new Answer(empty.statusLine(), status, empty.headers(), body);
    }

    private static boolean endsWithBlankLine(byte[] bytes) {
        int n = bytes.length;
        return n >= 4 && bytes[n - 4] == '\r' && bytes[n - 3] == '\n' && bytes[n - 2] == '\r' && bytes[n - 1] == '\n';
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(String statusLine, int status, List<String> headers, byte[] body) {
        /** A header's value; null without it. */
        String header(String name) {
            String prefix = name.toLowerCase() + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase().startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse(null);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
