package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.util.Map;

/**
 * What the environment tells the role {@code all}.
 *
 * @param connector where models are read and how they are published
 * @param documentation how their model cards are shown
 * @param store how they are kept, where there is a cluster
 * @param location {@code BRIDGE_URL}: where Backstage is told to read them, if it is told
 */
public record AllSettings(
        ConnectorSettings connector, DocumentationSettings documentation, StoreSettings store, URI location) {
    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static AllSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        AllSettings settings = new AllSettings(
                ConnectorSettings.from(reader),
                DocumentationSettings.from(reader),
                StoreSettings.from(reader),
                PartAddresses.from(reader).location());
        reader.check();
        return settings;
    }
}
