package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.util.Map;

/**
 * What the environment tells the role {@code rhoai-normalizer}.
 *
 * @param connector where models are read and how they are published
 * @param storage {@code STORAGE_URL}: where storage-rest is
 */
public record NormalizerSettings(ConnectorSettings connector, URI storage) {
    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static NormalizerSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        NormalizerSettings settings = new NormalizerSettings(
                ConnectorSettings.from(reader), PartAddresses.from(reader).storage());
        reader.check();
        return settings;
    }
}
