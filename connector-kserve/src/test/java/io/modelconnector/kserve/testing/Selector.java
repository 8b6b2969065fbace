package io.modelconnector.kserve.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label selectors of one requirement: {@code key=value} or {@code key in (a,b)}. */
final class Selector {
    private static final Pattern IN = Pattern.compile("(\\S+) in \\(([^)]*)\\)");

    private Selector() {}

    static boolean matches(String selector, JsonNode labels) {
        Matcher in = IN.matcher(selector);
        if (in.matches()) {
            return List.of(in.group(2).split(",", -1))
                    .contains(labels.path(in.group(1)).asText());
        }
        int equals = selector.indexOf('=');
        return labels.path(selector.substring(0, equals)).asText().equals(selector.substring(equals + 1));
    }
}
