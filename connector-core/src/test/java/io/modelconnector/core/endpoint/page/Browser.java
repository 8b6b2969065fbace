package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Asks an endpoint as a browser does. */
final class Browser {
    static final String ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    private Browser() {}

    static FeedResponse get(FeedEndpoint endpoint, String target) {
        return endpoint.handle(request("GET", target, Map.of("Accept", ACCEPT)));
    }

    /** The document at an address, which has to be there. */
    static HtmlDocument open(FeedEndpoint endpoint, String target) {
        FeedResponse response = get(endpoint, target);
        assertThat(response.status()).isEqualTo(200);
        return document(response);
    }

    static HtmlDocument document(FeedResponse response) {
        assertThat(response.headers()).containsEntry("Content-Type", "text/html; charset=utf-8");
        return HtmlDocument.parse(text(response));
    }

    static FeedRequest request(String method, String target, Map<String, String> headers) {
        Map<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(headers);
        int mark = target.indexOf('?');
        return new FeedRequest(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                ignoringCase::get);
    }

    static String text(FeedResponse response) {
        return StandardCharsets.UTF_8.decode(response.body()).toString();
    }
}
