package io.modelconnector.rhoai.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the token that a request carries. It is asked before each request, from any thread and several at once, so that a
 * token that rotates is used as soon as it is there: {@code () -> Files.readString(tokenFile)}.
 */
@FunctionalInterface
public interface BearerToken {
    /**
     * The token. White space around it is ignored, Secrets often end with a line break.
     *
     * @return the token; null or blank to send none
     * @throws IOException if it cannot be read; the request fails and may be tried again
     */
    @Nullable
    String read() throws IOException;
}
