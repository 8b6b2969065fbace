package io.modelconnector.kserve.testing;

import java.io.IOException;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** A body that does not end before its reader has had enough, or a gigabyte was sent. */
final class EndlessBody implements MockResponseBody {
    private static final long ENOUGH = 1L << 30;

    private final String beginning;
    private final String chunk;

    EndlessBody(String beginning, String more) {
        this.beginning = beginning;
        this.chunk = more.repeat(8192);
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.writeUtf8(beginning);
        for (long written = 0; written < ENOUGH; written += chunk.length()) {
            sink.writeUtf8(chunk);
        }
    }
}
