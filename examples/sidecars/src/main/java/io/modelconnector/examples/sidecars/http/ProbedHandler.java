package io.modelconnector.examples.sidecars.http;

import io.modelconnector.core.endpoint.FeedResponse;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Answers the probes of a role on its main port, before anything else: in a pod of several roles not each has a port of
 * its own for operators.
 */
public final class ProbedHandler extends Handler.Abstract.NonBlocking {
    private final HealthPages pages;
    private final Handler next;
    private final RequestObserver observer;

    /**
     * Makes the handler.
     *
     * @param pages what answers probes
     * @param next what answers everything else
     * @param observer who is told of answers to probes
     */
    public ProbedHandler(HealthPages pages, Handler next, RequestObserver observer) {
        this.pages = pages;
        this.next = next;
        this.observer = observer;
        addBean(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path == null || !HealthPages.isProbe(path)) {
            return next.handle(request, response, callback);
        }
        FeedResponse answer = pages.handle(JettyExchange.request(request));
        observer.answered(Route.PROBE, answer.status());
        JettyExchange.send(answer, response, callback);
        return true;
    }

    @Override
    public void setServer(Server server) {
        super.setServer(server);
        next.setServer(server);
    }
}
