package io.modelconnector.kserve;

import io.modelconnector.kserve.internal.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Service that leads to the predictor of a serving object.
 *
 * @param name its name
 * @param owners the serving objects that own it
 * @param port its first port; null if it has none
 */
record PredictorService(
        String name, List<Owner> owners, @Nullable Port port) {
    static final String SUFFIX = "-predictor";

    PredictorService {
        owners = List.copyOf(owners);
    }

    /** Reads a Service; null if it leads to no predictor, as most do. */
    static @Nullable PredictorService read(Fields object) {
        Fields metadata = object.object("metadata");
        String name = metadata.required("name");
        List<Owner> owners = name.endsWith(SUFFIX) ? Owner.of(metadata) : List.of();
        if (owners.isEmpty()) {
            return null;
        }
        List<Fields> ports = object.object("spec").objects("ports");
        return new PredictorService(name, owners, ports.isEmpty() ? null : Port.read(ports.get(0)));
    }

    /**
     * A port of a Service.
     *
     * @param number its number
     * @param target the number or name of the pods' port
     * @param name its name
     * @param appProtocol what is spoken there
     */
    record Port(
            int number,
            @Nullable String target,
            @Nullable String name,
            @Nullable String appProtocol) {
        private static Port read(Fields port) {
            Integer number = port.number("port");
            if (number == null) {
                throw port.malformed("port", "is missing");
            }
            return new Port(number, port.numberOrText("targetPort"), port.text("name"), port.text("appProtocol"));
        }
    }
}
