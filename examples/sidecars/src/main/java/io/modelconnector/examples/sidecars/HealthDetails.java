package io.modelconnector.examples.sidecars;

import io.modelconnector.core.source.Problem;
import io.modelconnector.examples.sidecars.backstage.PushHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the health of a role is told. */
final class HealthDetails {
    private HealthDetails() {}

    static void putIfThere(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }

    static List<Map<String, String>> of(List<Problem> problems) {
        return problems.stream()
                .map(problem -> Map.of("item", problem.item(), "message", problem.message()))
                .toList();
    }

    static Map<String, Object> of(PushHealth health) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("status", health.status().name().toLowerCase(Locale.ROOT));
        putIfThere(details, "failure", health.failure());
        details.put("registered", health.registered());
        details.put("waiting", health.waiting());
        return details;
    }
}
