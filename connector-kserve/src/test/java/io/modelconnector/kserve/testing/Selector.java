package io.modelconnector.kserve.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** What a request selects. Label selectors have one requirement: {@code key=value} or {@code key in (a,b)}. */
final class Selector {
    private static final Pattern IN = Pattern.compile("(\\S+) in \\(([^)]*)\\)");

    private Selector() {}

    /** Namespaces, names and the label selectors that the tests use; a server that sends more would do no harm. */
    static boolean selects(HttpUrl url, ObjectNode object) {
        List<String> path = url.pathSegments();
        int namespaces = path.indexOf("namespaces");
        String field = url.queryParameter("fieldSelector");
        String label = url.queryParameter("labelSelector");
        return (namespaces < 0
                        || path.get(namespaces + 1)
                                .equals(object.at("/metadata/namespace").asText()))
                && (field == null
                        || field.equals(
                                "metadata.name=" + object.at("/metadata/name").asText()))
                && (label == null || matches(label, object.at("/metadata/labels")));
    }

    private static boolean matches(String selector, JsonNode labels) {
        Matcher in = IN.matcher(selector);
        if (in.matches()) {
            return List.of(in.group(2).split(",", -1))
                    .contains(labels.path(in.group(1)).asText());
        }
        int equals = selector.indexOf('=');
        return labels.path(selector.substring(0, equals)).asText().equals(selector.substring(equals + 1));
    }
}
