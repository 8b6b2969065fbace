package io.modelconnector.core.endpoint;

import org.jspecify.annotations.Nullable;

/** A part of an endpoint: what answers some of the paths. Thread-safe. */
interface EndpointPart {
    /**
     * Answers a request, if its path is one of this part.
     *
     * @param request what was asked
     * @param path its path, {@linkplain RequestSyntax#decodePath decoded}
     * @return the answer; null if the path is none of this part
     */
    @Nullable
    FeedResponse answer(FeedRequest request, String path) throws RefusedException;

    /**
     * Whether the answer may have to be waited for.
     *
     * @param request what was asked
     * @param path its path, decoded
     */
    default boolean mayWait(FeedRequest request, String path) throws RefusedException {
        return false;
    }
}
