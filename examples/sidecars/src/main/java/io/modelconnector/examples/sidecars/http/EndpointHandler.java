package io.modelconnector.examples.sidecars.http;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Mounts an endpoint of the library. What lies ready in memory is answered on the thread that read the request, without a
 * hand-over to another one; what may have to wait is answered on an executor.
 */
public final class EndpointHandler extends Handler.Abstract.NonBlocking {
    private static final String RETRY_SECONDS = "5";

    private final Endpoint endpoint;
    private final Predicate<FeedRequest> mayWait;
    private final Executor workers;
    private final RequestObserver observer;

    private EndpointHandler(
            Endpoint endpoint, Predicate<FeedRequest> mayWait, Executor workers, RequestObserver observer) {
        this.endpoint = endpoint;
        this.mayWait = mayWait;
        this.workers = workers;
        this.observer = observer;
    }

    /** Answers a request; reads the body only if it is sure to answer on a thread that may wait. */
    @FunctionalInterface
    public interface Endpoint {
        /**
         * Answers one request, whatever it is.
         *
         * @param request what was asked
         * @param body the bytes that came with it, which may have to be waited for
         */
        FeedResponse handle(FeedRequest request, InputStream body);
    }

    /**
     * Mounts the endpoint of a feed.
     *
     * @param endpoint what answers
     * @param workers where requests are answered that may have to wait; may refuse work, which is answered with 503
     * @param observer who is told of answers
     */
    public static EndpointHandler ofFeed(FeedEndpoint endpoint, Executor workers, RequestObserver observer) {
        return new EndpointHandler((request, body) -> endpoint.handle(request), endpoint::mayWait, workers, observer);
    }

    /**
     * Mounts an endpoint.
     *
     * @param endpoint what answers
     * @param mayWait which requests may have to wait, for a body that they bring or for something that is to be read
     * @param workers where those are answered; may refuse work, which is answered with 503
     * @param observer who is told of answers
     */
    public static EndpointHandler of(
            Endpoint endpoint, Predicate<FeedRequest> mayWait, Executor workers, RequestObserver observer) {
        return new EndpointHandler(endpoint, mayWait, workers, observer);
    }

    /**
     * Mounts an endpoint that may have to wait for anything.
     *
     * @param endpoint what answers
     * @param workers where all requests are answered; may refuse work, which is answered with 503
     * @param observer who is told of answers
     */
    public static EndpointHandler ofStore(Endpoint endpoint, Executor workers, RequestObserver observer) {
        return new EndpointHandler(endpoint, request -> true, workers, observer);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        FeedRequest asked = JettyExchange.request(request);
        if (mayWait.test(asked)) {
            // The connection is silent while the answer is made, which has a time limit of its own.
            request.addIdleTimeoutListener(timeout -> false);
            try {
                workers.execute(() -> answerElsewhere(asked, request, response, callback));
            } catch (RejectedExecutionException e) {
                observer.answered(Route.of(asked.rawPath()), HttpStatus.SERVICE_UNAVAILABLE_503);
                response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
                Response.writeError(
                        request,
                        response,
                        callback,
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "too many requests wait for an answer at the moment");
            }
            return true;
        }
        answer(asked, InputStream.nullInputStream(), response, callback);
        return true;
    }

    private void answer(FeedRequest asked, InputStream body, Response response, Callback callback) {
        FeedResponse answer = endpoint.handle(asked, body);
        observer.answered(Route.of(asked.rawPath()), answer.status());
        JettyExchange.send(answer, response, callback);
    }

    private void answerElsewhere(FeedRequest asked, Request request, Response response, Callback callback) {
        try {
            answer(asked, Content.Source.asInputStream(request), response, callback);
        } catch (RuntimeException | LinkageError e) {
            Response.writeError(request, response, callback, e);
        }
    }
}
