package io.modelconnector.rhoai.client;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of an answer while it arrives. */
@FunctionalInterface
interface BodyReader<T> {
    /**
     * Reads what is needed.
     *
     * @throws MalformedBodyException if it is not what it should be
     * @throws IOException if it does not arrive
     */
    T read(InputStream body) throws IOException;
}
