package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.format.FeedFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment tells the role {@code location}.
 *
 * @param storage {@code STORAGE_URL}: where storage-rest is
 * @param format {@code NORMALIZER_FORMAT}: the format in which entries are served
 * @param documentation how model cards are shown
 * @param catalog {@code CATALOG_URL}: the model catalog, for cards that nobody sent; null for none
 * @param catalogToken {@code KFMR_TOKEN}: the token for the catalog; null for the one that the parts share
 * @param catalogCaFile {@code REGISTRY_CA_FILE}: certificates to trust besides the JVM's
 * @param log how to log
 */
public record LocationSettings(
        URI storage,
        FeedFormat format,
        DocumentationSettings documentation,
        @Nullable URI catalog,
        @Nullable String catalogToken,
        @Nullable Path catalogCaFile,
        LogSettings log) {
    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static LocationSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        LocationSettings settings = new LocationSettings(
                PartAddresses.from(reader).storage(),
                ConnectorSettings.format(reader),
                DocumentationSettings.from(reader),
                reader.url("CATALOG_URL"),
                reader.text("KFMR_TOKEN"),
                reader.readableFile("REGISTRY_CA_FILE"),
                LogSettings.from(reader));
        reader.check();
        return settings;
    }

    /** The settings in words, without the token. */
    @Override
    public String toString() {
        return "LocationSettings[storage=" + storage + ", format=" + format.name() + ", documentation=" + documentation
                + ", catalog=" + catalog + ", catalogToken=" + (catalogToken == null ? "none" : "(not shown)")
                + ", catalogCaFile=" + catalogCaFile + ']';
    }
}
