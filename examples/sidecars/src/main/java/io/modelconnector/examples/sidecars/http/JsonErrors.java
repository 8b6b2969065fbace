package io.modelconnector.examples.sidecars.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what the server itself refuses (a request that is no HTTP, a path that is ambiguous) as the endpoints do. */
final class JsonErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object message = status < 500 || status == HttpStatus.SERVICE_UNAVAILABLE_503
                ? request.getAttribute(ERROR_MESSAGE)
                : null;
        String text = message == null ? HttpStatus.getMessage(status) : message.toString();
        ByteBuffer body = document(text);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/json");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_LENGTH, body.remaining());
        boolean head = "HEAD".equals(request.getMethod());
        response.write(true, head ? ByteBuffer.allocate(0) : body, callback);
        return true;
    }

    private static ByteBuffer document(String message) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(message));
        return StandardCharsets.UTF_8.encode("{\"error\":\"" + quoted + "\"}");
    }
}
