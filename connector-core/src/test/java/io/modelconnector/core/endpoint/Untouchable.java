package io.modelconnector.core.endpoint;

import java.io.InputStream;

/** A body that must not be read. */
final class Untouchable extends InputStream {
    @Override
    public int read() {
        throw new AssertionError("the body was read");
    }
}
