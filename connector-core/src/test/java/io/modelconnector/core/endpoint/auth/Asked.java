package io.modelconnector.core.endpoint.auth;

import io.modelconnector.core.endpoint.FeedRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests for the list, from somewhere. */
final class Asked {
    private Asked() {}

    static FeedRequest with(String... namesAndValues) {
        return from(null, namesAndValues);
    }

    static FeedRequest from(@Nullable String address, String... namesAndValues) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new FeedRequest("GET", "/list", null, headers::get, address == null ? null : address(address));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
