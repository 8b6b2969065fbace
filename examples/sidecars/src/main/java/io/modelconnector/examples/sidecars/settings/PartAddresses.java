package io.modelconnector.examples.sidecars.settings;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a connector that runs as three processes reach each other.
 *
 * @param storage {@code STORAGE_URL}: where {@code storage-rest} is
 * @param location {@code BRIDGE_URL}: where {@code location} is
 */
public record PartAddresses(URI storage, URI location) {
    private static final int STORAGE_PORT = 7070;
    private static final int LOCATION_PORT = 9090;
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Reads the addresses; what is not set is on the pod's own address, or on this machine outside of a pod. */
    static PartAddresses from(EnvironmentReader reader) {
        String host = host(reader);
        return new PartAddresses(
                address(reader, "STORAGE_URL", host, STORAGE_PORT), address(reader, "BRIDGE_URL", host, LOCATION_PORT));
    }

    private static URI address(EnvironmentReader reader, String variable, String host, int port) {
        URI given = reader.url(variable);
        return given != null ? given : URI.create("http://" + host + ':' + port);
    }

    /** The host at which the parts reach each other unless something else is set; an invalid one is noted as a mistake. */
    public static String host(EnvironmentReader reader) {
        @Nullable String pod = reader.text("POD_IP");
        if (pod == null) {
            return "localhost";
        }
        if (!ADDRESS.matcher(pod).matches()) {
            reader.invalid("POD_IP", pod, "an IP address");
            return "localhost";
        }
        return pod.indexOf(':') < 0 ? pod : '[' + pod + ']';
    }
}
