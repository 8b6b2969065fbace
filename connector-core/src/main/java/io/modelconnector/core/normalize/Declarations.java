package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.ServerDeclaration;
import io.modelconnector.core.source.ServedModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the annotations of a serving object say of the server, in the words of the connector contract. */
final class Declarations {
    private static final String PREFIX = "rhdh.io/";
    private static final String MODEL_NAME_PREFIX = PREFIX + "model-";

    private Declarations() {}

    static ServerDeclaration of(ServedModel model) {
        Map<String, String> annotations = model.annotations();
        if (annotations.isEmpty()) {
            return ServerDeclaration.none();
        }
        return new ServerDeclaration(
                value(annotations, "system"),
                value(annotations, "serverType"),
                value(annotations, "default"),
                value(annotations, "api-entity-ref"),
                modelNames(annotations));
    }

    private static @Nullable String value(Map<String, String> annotations, String name) {
        return Blank.asNull(annotations.get(PREFIX + name));
    }

    /** In the order of the annotations' names, which their author chooses; a name that is there twice is one. */
    private static List<String> modelNames(Map<String, String> annotations) {
        return annotations.entrySet().stream()
                .filter(annotation -> annotation.getKey().startsWith(MODEL_NAME_PREFIX)
                        && !annotation.getValue().isBlank())
                .sorted(Map.Entry.comparingByKey())
                .map(annotation -> annotation.getValue().strip())
                .distinct()
                .toList();
    }
}
