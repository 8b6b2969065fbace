package io.modelconnector.core.normalize;

import io.modelconnector.core.source.ServedModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a served model is called.
 *
 * @param url the API's URL: the external one if there is one
 * @param external its URL outside of the platform
 * @param internal its URL inside
 */
record Address(
        String url, @Nullable String external, @Nullable String internal) {
    private static final String INTERNAL_ANNOTATION = "rhdh.modelcatalog.io/internal-service-url";
    private static final String EXTERNAL_ANNOTATION = "rhdh.modelcatalog.io/external-route-url";

    /** Whether the source knows an address at all, valid or not. */
    static boolean isKnown(ServedModel model) {
        return Blank.asNull(model.externalUrl()) != null || Blank.asNull(model.internalUrl()) != null;
    }

    /** The valid address of a served model, if it has one. */
    static @Nullable Address of(ServedModel model, Problems problems) {
        String external = valid("its external URL", model.externalUrl(), model, problems);
        String internal = valid("its internal URL", model.internalUrl(), model, problems);
        String url = external != null ? external : internal;
        return url == null ? null : new Address(url, external, internal);
    }

    /** The annotations that tell inside from outside. */
    Map<String, String> annotations() {
        Map<String, String> annotations = new HashMap<>();
        if (internal != null) {
            annotations.put(INTERNAL_ANNOTATION, internal);
        }
        if (external != null && !Objects.equals(external, internal)) {
            annotations.put(EXTERNAL_ANNOTATION, external);
        }
        return annotations;
    }

    private static @Nullable String valid(String what, @Nullable String url, ServedModel model, Problems problems) {
        String present = Blank.asNull(url);
        return present == null ? null : ValidUrl.orNull(what, present, model.id(), problems);
    }
}
