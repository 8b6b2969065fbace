package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.format.FeedFormat;
import java.net.URI;
import java.util.Map;

/**
 * What the environment tells the role {@code storage-rest}.
 *
 * @param location {@code BRIDGE_URL}: where location is
 * @param format {@code NORMALIZER_FORMAT}: the format in which entries are stored
 * @param store how they are kept
 * @param log how to log
 */
public record StorageSettings(URI location, FeedFormat format, StoreSettings store, LogSettings log) {
    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static StorageSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        StorageSettings settings = new StorageSettings(
                PartAddresses.from(reader).location(),
                ConnectorSettings.format(reader),
                StoreSettings.from(reader),
                LogSettings.from(reader));
        reader.check();
        return settings;
    }
}
