package io.modelconnector.examples.sidecars.http;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The ten lines that mount an endpoint of the library in Jetty. */
final class JettyExchange {
    private JettyExchange() {}

    static FeedRequest request(Request request) {
        HttpURI uri = request.getHttpURI();
        HttpFields headers = request.getHeaders();
        String path = uri.getPath();
        return new FeedRequest(
                request.getMethod(),
                path == null ? "" : path,
                uri.getQuery(),
                name -> header(headers, name),
                client(request));
    }

    /** Who is at the other end of the connection. */
    private static @Nullable InetAddress client(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : null;
    }

    /** The body's bytes go to the socket as they are, without a copy on the heap. */
    static void send(FeedResponse answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        answer.headers().forEach(headers::add);
        response.write(true, answer.body(), callback);
    }

    private static @Nullable String header(HttpFields headers, String name) {
        String values = null;
        for (HttpField field : headers) {
            if (field.is(name)) {
                String value = field.getValue() == null ? "" : field.getValue();
                values = values == null ? value : values + ", " + value;
            }
        }
        return values;
    }
}
