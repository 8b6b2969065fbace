package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.ConnectorContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about how newer portals, portals without a plugin, and people read the feed. Immutable; its text
 * has no secret in it.
 *
 * @param pluginId {@code CONNECTOR_PLUGIN_ID}: under which plugin id a portal of 1.x knows this program
 * @param backstage {@code BKSTG_URL}: the Backstage whose plugins may read the connector contract; null for none
 * @param backstageCaFile {@code BKSTG_CA_FILE}: certificates to trust for it besides the usual ones
 * @param plugins {@code CONNECTOR_SUBJECTS}: which of its plugins may; empty for the library's default
 * @param token {@code CONNECTOR_TOKEN}: the token that whoever reads the connector contract has to show where there is no
 *     such Backstage; null for none, so that only this machine may read it
 * @param giteaBase {@code GITEA_BASE_URL}: where a portal without a reader for model cards reaches this program as a Gitea; null
 *     if it does not
 * @param aiModelServerApis {@code AI_MODEL_SERVER_APIS}: whether such a portal knows that kind of entity
 * @param definitionHosts {@code API_DEFINITION_HOSTS}: hosts from which definitions of APIs are fetched
 * @param page {@code FEED_PAGE}: who is shown the page; true for everybody, false for nobody, null for this machine
 */
public record PortalSettings(
        String pluginId,
        @Nullable URI backstage,
        @Nullable Path backstageCaFile,
        List<String> plugins,
        @Nullable String token,
        @Nullable URI giteaBase,
        boolean aiModelServerApis,
        List<String> definitionHosts,
        @Nullable Boolean page) {
    private static final Pattern PLUGIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Pattern PLUGIN = Pattern.compile("[a-z0-9_-]+");
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    /** Copies the collections. */
    public PortalSettings {
        plugins = List.copyOf(plugins);
        definitionHosts = List.copyOf(definitionHosts);
    }

    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static PortalSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        PortalSettings settings = from(reader);
        reader.check();
        return settings;
    }

    static PortalSettings from(EnvironmentReader reader) {
        return new PortalSettings(
                pluginId(reader),
                reader.url("BKSTG_URL"),
                reader.readableFile("BKSTG_CA_FILE"),
                reader.names("CONNECTOR_SUBJECTS", PLUGIN, "ids of Backstage's plugins, separated by commas"),
                token(reader),
                reader.url("GITEA_BASE_URL"),
                reader.flag("AI_MODEL_SERVER_APIS"),
                reader.names("API_DEFINITION_HOSTS", DocumentationSettings.HOST, "names of hosts, separated by commas"),
                reader.text("FEED_PAGE") == null ? null : Boolean.valueOf(reader.flag("FEED_PAGE")));
    }

    private static String pluginId(EnvironmentReader reader) {
        List<String> ids = reader.names("CONNECTOR_PLUGIN_ID", PLUGIN_ID, "one id: letters, digits, '-' and '_'");
        if (ids.size() > 1) {
            reader.invalid("CONNECTOR_PLUGIN_ID", String.join(",", ids), "one id: letters, digits, '-' and '_'");
        }
        return ids.isEmpty() ? ConnectorContract.DEFAULT_PLUGIN_ID : ids.get(0);
    }

    private static @Nullable String token(EnvironmentReader reader) {
        String token = reader.text("CONNECTOR_TOKEN");
        if (token != null && !TOKEN.matcher(token).matches()) {
            reader.invalid("CONNECTOR_TOKEN", "(not shown)", "the token alone, without spaces and line breaks");
        }
        return token;
    }

    @Override
    public String toString() {
        return "PortalSettings[pluginId=" + pluginId + ", backstage=" + backstage + ", plugins=" + plugins + ", token="
                + (token == null ? "none" : "(not shown)") + ", giteaBase=" + giteaBase + ", aiModelServerApis="
                + aiModelServerApis + ", definitionHosts=" + definitionHosts + ", page=" + page + ']';
    }
}
