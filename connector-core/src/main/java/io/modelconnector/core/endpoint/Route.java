package io.modelconnector.core.endpoint;

import org.slf4j.Logger;

/** What answers requests for a path. */
@FunctionalInterface
interface Route {
    FeedResponse answer(FeedRequest request) throws RefusedException;

    /** Answers a request, whatever happens: a fault is logged, and none of it is told to the client. */
    static FeedResponse answer(FeedRequest request, Route route, Logger log) {
        try {
            return route.answer(request);
        } catch (RefusedException e) {
            return Responses.refused(request, e);
        } catch (RuntimeException e) {
            log.error("answering {} {} failed", request.method(), RequestSyntax.printable(request.rawPath()), e);
            return Responses.error(request, 500, "answering failed because of a fault of the server");
        }
    }
}
