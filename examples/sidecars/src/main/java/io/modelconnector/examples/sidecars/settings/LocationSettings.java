package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.format.FeedFormat;
import java.net.URI;
import java.util.Map;

/**
 * What the environment tells the role {@code location}.
 *
 * @param storage {@code STORAGE_URL}: where storage-rest is
 * @param format {@code NORMALIZER_FORMAT}: the format in which entries are served
 * @param log how to log
 */
public record LocationSettings(URI storage, FeedFormat format, LogSettings log) {
    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static LocationSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        LocationSettings settings = new LocationSettings(
                PartAddresses.from(reader).storage(), ConnectorSettings.format(reader), LogSettings.from(reader));
        reader.check();
        return settings;
    }
}
