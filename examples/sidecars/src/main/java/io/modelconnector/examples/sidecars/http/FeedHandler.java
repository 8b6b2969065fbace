package io.modelconnector.examples.sidecars.http;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Mounts a feed's endpoint. The list and the entries lie ready in memory, so they are answered on the thread that read the
 * request, without a hand-over to another one; a model card may have to be fetched, so it is answered on an executor.
 */
public final class FeedHandler extends Handler.Abstract.NonBlocking {
    private static final String RETRY_SECONDS = "5";

    private final FeedEndpoint endpoint;
    private final Executor cards;
    private final RequestObserver observer;

    /**
     * Makes the handler.
     *
     * @param endpoint what answers
     * @param cards where model cards are fetched; may refuse work, which is answered with 503
     * @param observer who is told of answers
     */
    public FeedHandler(FeedEndpoint endpoint, Executor cards, RequestObserver observer) {
        this.endpoint = endpoint;
        this.cards = cards;
        this.observer = observer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        FeedRequest asked = JettyExchange.request(request);
        Route route = Route.of(asked.rawPath());
        if (mayWait(asked.rawPath())) {
            // The connection is silent while a card is fetched, which has a time limit of its own.
            request.addIdleTimeoutListener(timeout -> false);
            try {
                cards.execute(() -> answerElsewhere(asked, route, request, response, callback));
            } catch (RejectedExecutionException e) {
                observer.answered(route, HttpStatus.SERVICE_UNAVAILABLE_503);
                response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
                Response.writeError(
                        request,
                        response,
                        callback,
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "too many model cards are being fetched at the moment");
            }
            return true;
        }
        answer(asked, route, response, callback);
        return true;
    }

    /** Only a card may have to be waited for. An encoded path may be a card's; it is not worth decoding twice to know. */
    private static boolean mayWait(String rawPath) {
        return rawPath.equals("/modelcard") || rawPath.indexOf('%') >= 0;
    }

    private void answer(FeedRequest asked, Route route, Response response, Callback callback) {
        FeedResponse answer = endpoint.handle(asked);
        observer.answered(route, answer.status());
        JettyExchange.send(answer, response, callback);
    }

    private void answerElsewhere(
            FeedRequest asked, Route route, Request request, Response response, Callback callback) {
        try {
            answer(asked, route, response, callback);
        } catch (RuntimeException | LinkageError e) {
            Response.writeError(request, response, callback, e);
        }
    }
}
