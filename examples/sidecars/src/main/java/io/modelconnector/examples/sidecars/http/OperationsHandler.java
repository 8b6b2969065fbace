package io.modelconnector.examples.sidecars.http;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What operators look at: {@code /metrics}, and the probes and the health of a role. Nothing of it waits for anything. */
public final class OperationsHandler extends Handler.Abstract.NonBlocking {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Function<FeedRequest, FeedResponse> health;
    private final Supplier<String> metrics;

    /**
     * Makes the handler.
     *
     * @param health what answers the probes and everything else
     * @param metrics gives the metrics in the Prometheus text format 0.0.4
     */
    public OperationsHandler(Function<FeedRequest, FeedResponse> health, Supplier<String> metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        FeedRequest asked = JettyExchange.request(request);
        boolean read = asked.method().equals("GET") || asked.method().equals("HEAD");
        if (asked.rawPath().equals("/metrics") && read) {
            ByteBuffer body = StandardCharsets.UTF_8.encode(metrics.get());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, METRICS_TYPE);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
            response.write(true, asked.method().equals("HEAD") ? ByteBuffer.allocate(0) : body, callback);
            return true;
        }
        if (asked.rawPath().equals("/metrics")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, 405, "the method is not one of GET, HEAD");
            return true;
        }
        JettyExchange.send(health.apply(asked), response, callback);
        return true;
    }
}
