package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the connector contract is served, which newer providers of Backstage poll: under which plugin id a portal knows this
 * server, below which path, and who may ask. Immutable and thread-safe.
 *
 * @param pluginId the key under {@code catalog.providers.modelCatalog} in the portal's configuration, for which requests have
 *     to be meant
 * @param basePath below which path it is served, without a slash at the end; {@code discovery.endpoints} of the portal has it
 *     as the path of its target
 * @param authenticator decides about each request
 */
public record ConnectorContract(String pluginId, String basePath, RequestAuthenticator authenticator) {
    /** The plugin id of a portal that is configured as the provider's documentation says. */
    public static final String DEFAULT_PLUGIN_ID = "kserve-kubeflow-connector";

    private static final Pattern PLUGIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Pattern BASE_PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    /**
     * Checks the settings.
     *
     * @throws ConfigurationException if one of them cannot be; the message names it
     */
    public ConnectorContract {
        requireNonNull(authenticator, "authenticator");
        if (!PLUGIN_ID.matcher(pluginId).matches()) {
            throw new ConfigurationException("the connector's plugin id was \"" + pluginId
                    + "\", must be letters, digits, '-' and '_', like " + DEFAULT_PLUGIN_ID);
        }
        if (!BASE_PATH.matcher(basePath).matches() || !basePath.contains(pluginId)) {
            throw new ConfigurationException("the connector's base path was \"" + basePath
                    + "\", must be a path without a slash at its end that contains the plugin id, without which a"
                    + " portal does not read model cards from it, like /api/" + pluginId);
        }
    }

    /**
     * Starts the description of a contract.
     *
     * @param authenticator decides about each request
     */
    public static Builder builder(RequestAuthenticator authenticator) {
        return new Builder(authenticator);
    }

    /** Collects the settings of a {@link ConnectorContract}. Not thread-safe. */
    public static final class Builder {
        private final RequestAuthenticator authenticator;
        private String pluginId = DEFAULT_PLUGIN_ID;
        private @Nullable String basePath;

        private Builder(RequestAuthenticator authenticator) {
            this.authenticator = requireNonNull(authenticator, "authenticator");
        }

        /** Sets the plugin id; {@value ConnectorContract#DEFAULT_PLUGIN_ID} by default. */
        public Builder pluginId(String pluginId) {
            this.pluginId = requireNonNull(pluginId, "pluginId");
            return this;
        }

        /** Sets the path below which it is served; by default {@code /api/<plugin id>}. It has to contain the plugin id. */
        public Builder basePath(String basePath) {
            this.basePath = requireNonNull(basePath, "basePath");
            return this;
        }

        /**
         * Makes the contract.
         *
         * @throws ConfigurationException if a setting cannot be; the message names it
         */
        public ConnectorContract build() {
            return new ConnectorContract(pluginId, basePath == null ? "/api/" + pluginId : basePath, authenticator);
        }
    }
}
