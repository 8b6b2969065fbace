package io.modelconnector.kserve.discovery;

import io.modelconnector.kserve.internal.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Route.
 *
 * @param namespace its namespace
 * @param name its name
 * @param app its label {@code app}
 * @param host the host that a router admitted it under; null until one did
 */
record ExposedRoute(
        String namespace,
        String name,
        @Nullable String app,
        @Nullable String host) {
    static ExposedRoute read(Fields object) {
        Fields metadata = object.object("metadata");
        List<Fields> ingress = object.object("status").objects("ingress");
        return new ExposedRoute(
                metadata.required("namespace"),
                metadata.required("name"),
                metadata.object("labels").text("app"),
                ingress.isEmpty() ? null : ingress.get(0).text("host"));
    }
}
