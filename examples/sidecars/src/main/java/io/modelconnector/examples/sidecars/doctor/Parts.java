package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.examples.sidecars.settings.EnvironmentReader;
import io.modelconnector.examples.sidecars.settings.PartAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about how the parts of a deployment reach each other and the portal.
 *
 * @param storage where storage-rest is
 * @param storageGiven whether {@code STORAGE_URL} says so
 * @param location where location is
 * @param locationGiven whether {@code BRIDGE_URL} says so
 * @param push {@code PUSH_TO_RHDH}: whether entries are registered with the portal
 * @param portal {@code BKSTG_URL}: where the portal is; null if it is to be found
 * @param portalToken {@code RHDH_TOKEN}: the portal's static token; null if there is none
 * @param portalNamespace {@code POD_NAMESPACE}: where the portal's Route is looked for; null if it is not known
 * @param portalCaFile {@code BKSTG_CA_FILE}: certificates to trust besides the usual ones, for the portal; null for none
 */
record Parts(
        URI storage,
        boolean storageGiven,
        URI location,
        boolean locationGiven,
        boolean push,
        @Nullable URI portal,
        @Nullable String portalToken,
        @Nullable String portalNamespace,
        @Nullable Path portalCaFile) {

    /**
     * Reads the variables.
     *
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    static Parts from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        reader.word("STORAGE_TYPE", "ConfigMap", List.of("ConfigMap"));
        URI storage = reader.url("STORAGE_URL");
        // Whether this one is valid is said by the settings that all roles have.
        URI location = new EnvironmentReader(environment).url("BRIDGE_URL");
        String host = PartAddresses.host(reader);
        Parts parts = new Parts(
                storage == null ? URI.create("http://" + host + ":7070") : storage,
                storage != null,
                location == null ? URI.create("http://" + host + ":9090") : location,
                location != null,
                reader.flag("PUSH_TO_RHDH"),
                reader.url("BKSTG_URL"),
                reader.text("RHDH_TOKEN"),
                reader.text("POD_NAMESPACE"),
                reader.readableFile("BKSTG_CA_FILE"));
        reader.check();
        return parts;
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "Parts[storage=" + storage + ", location=" + location + ", push=" + push + ", portal=" + portal
                + ", portalToken=" + (portalToken == null ? "none" : "(not shown)") + ']';
    }
}
