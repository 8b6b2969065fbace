package io.modelconnector.kserve.discovery;

import io.modelconnector.kserve.internal.Fields;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Service of a registry or catalog.
 *
 * @param namespace its namespace
 * @param name its name
 * @param app its label {@code app}
 * @param component its label {@code component}
 * @param externalAddress where it is reached from outside: {@code host[:port][/path]}
 * @param httpsPort the number of its port {@code https-api}
 * @param httpPort the number of its port {@code http-api}
 */
record ExposedService(
        String namespace,
        String name,
        @Nullable String app,
        @Nullable String component,
        @Nullable String externalAddress,
        @Nullable Integer httpsPort,
        @Nullable Integer httpPort) {
    /** The prefix of this annotation differs from product to product. */
    private static final String EXTERNAL_ADDRESS = "/external-address-rest";

    static ExposedService read(Fields object) {
        Fields metadata = object.object("metadata");
        Fields labels = metadata.object("labels");
        Integer https = null;
        Integer http = null;
        for (Fields port : object.object("spec").objects("ports")) {
            String portName = port.text("name");
            if ("https-api".equals(portName)) {
                https = port.number("port");
            } else if ("http-api".equals(portName)) {
                http = port.number("port");
            }
        }
        return new ExposedService(
                metadata.required("namespace"),
                metadata.required("name"),
                labels.text("app"),
                labels.text("component"),
                externalAddress(metadata),
                https,
                http);
    }

    private static @Nullable String externalAddress(Fields metadata) {
        for (Map.Entry<String, String> annotation : new TreeMap<>(metadata.texts("annotations")).entrySet()) {
            if (annotation.getKey().endsWith(EXTERNAL_ADDRESS)
                    && !annotation.getValue().isBlank()) {
                return annotation.getValue().strip();
            }
        }
        return null;
    }
}
