package io.modelconnector.kserve.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;

/** The server's end of a watch. Thread-safe. */
public final class WatchConnection {
    private static final String END = "";
    private static final String BREAK = "break";

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final String plural;
    private final boolean http2;
    private final Predicate<ObjectNode> selected;
    private volatile boolean silent;
    private volatile boolean ended;

    WatchConnection(String plural, boolean http2, Predicate<ObjectNode> selected) {
        this.plural = plural;
        this.http2 = http2;
        this.selected = selected;
    }

    /** What is watched. */
    public String plural() {
        return plural;
    }

    /** Sends bytes as they are, in one chunk. */
    public void send(String text) {
        if (!silent && !ended) {
            frames.add(text);
        }
    }

    /** Goes dead without a word: the connection stays open and nothing comes any more. */
    public void silence() {
        silent = true;
    }

    /** Ends the watch in order, as servers do after some minutes. */
    public void end() {
        ended = true;
        frames.add(END);
    }

    /** Breaks off in the middle. */
    public void breakOff() {
        ended = true;
        frames.add(BREAK);
    }

    boolean isOpen() {
        return !ended;
    }

    void send(String type, ObjectNode object) {
        if (selected.test(object)) {
            send("{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
        }
    }

    MockResponse response() {
        MockResponse.Builder response = new MockResponse.Builder().setHeader("Content-Type", "application/json");
        if (!http2) {
            response.setHeader("Transfer-Encoding", "chunked").onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
        }
        return response.body(new MockResponseBody() {
                    @Override
                    public long getContentLength() {
                        return -1;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        stream(sink);
                    }
                })
                .build();
    }

    private void stream(BufferedSink sink) throws IOException {
        sink.flush();
        try {
            String frame = frames.take();
            while (!frame.equals(END) && !frame.equals(BREAK)) {
                write(sink, frame.getBytes(StandardCharsets.UTF_8));
                frame = frames.take();
            }
            if (!http2 && frame.equals(END)) {
                // The empty line that has to follow is MockWebServer's.
                sink.writeUtf8("0\r\n");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(BufferedSink sink, byte[] bytes) throws IOException {
        if (http2) {
            sink.write(bytes);
        } else {
            sink.writeUtf8(Integer.toHexString(bytes.length) + "\r\n")
                    .write(bytes)
                    .writeUtf8("\r\n");
        }
        sink.flush();
    }
}
