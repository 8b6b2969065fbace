package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.format.Payload;
import java.util.Map;

/**
 * A document of the {@link FeedPage}, to be shown by a browser. Immutable and thread-safe.
 *
 * @param status the status code: 200, or 404 where it says that there is no such entry
 * @param html the document, {@code text/html} in UTF-8, at most 1 MiB
 * @param headers the headers that have to be sent with it, among them the content security policy that it was made for
 */
public record PageView(int status, Payload html, Map<String, String> headers) {
    /** Copies the headers. */
    public PageView {
        headers = Map.copyOf(headers);
    }
}
