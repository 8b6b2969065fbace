package io.modelconnector.core.endpoint.servlet;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Mounts an endpoint in a servlet container, Servlet 6.0 or later:
 *
 * <pre>{@code
 * FeedServlet servlet = new FeedServlet(FeedEndpoint.of(feed)::handle);
 * context.addServlet("models", servlet).addMapping("/models/*");
 * }</pre>
 *
 * <p>It may be mapped to {@code /}, to {@code /*} or to any path that ends with {@code /*}, in any context; the endpoint is
 * asked for what comes below that, as it came over the wire. Requests of all methods reach the endpoint. An answer is
 * written on the thread that asks, which waits if the endpoint does. No session is made, nothing is kept. The client's
 * address is the one that the container gives: a filter that takes it from a header is believed.
 *
 * <p>Some names of models have a slash or a percent sign, which are {@code %2F} and {@code %25} in a path. Most containers
 * refuse these before a servlet sees them, and have a setting for it: {@code encodedSolidusHandling="passthrough"} of a
 * connector in Tomcat, a {@code UriCompliance} that allows {@code AMBIGUOUS_PATH_SEPARATOR} and
 * {@code AMBIGUOUS_PATH_ENCODING} in Jetty. A portal opens a connection for each entry, all at once: a container needs an
 * accept queue of that length. Tomcat sends no reason phrases, which some portals look at when there is an error.
 *
 * <p>Thread-safe.
 */
public final class FeedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** A container that writes servlets to a disk cannot get this one back; none is known that does. */
    private final transient Function<FeedRequest, FeedResponse> endpoint;

    /**
     * Makes the servlet of an endpoint.
     *
     * @param endpoint answers requests, by many threads at once, and does not throw: {@code FeedEndpoint.of(feed)::handle},
     *     {@code HealthEndpoint.of(feed)::handle}
     */
    public FeedServlet(Function<FeedRequest, FeedResponse> endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    /**
     * Answers one request, whatever its method.
     *
     * @throws IOException if the client is gone
     */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FeedResponse answer = endpoint.apply(new FeedRequest(
                request.getMethod(),
                MountedPath.of(request),
                request.getQueryString(),
                name -> header(request, name),
                ClientAddress.of(request.getRemoteAddr())));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.body().hasRemaining()) {
            answer.writeTo(response.getOutputStream());
        }
    }

    private static @Nullable String header(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (values != null && values.hasMoreElements()) {
            String first = values.nextElement();
            return values.hasMoreElements() ? first + ',' + String.join(",", Collections.list(values)) : first;
        }
        // With HTTP/2 the authority is no header, and not every container makes it one.
        boolean authority =
                name.equalsIgnoreCase("Host") && request.getProtocol().startsWith("HTTP/2");
        return authority ? request.getServerName() + ':' + request.getServerPort() : null;
    }
}
