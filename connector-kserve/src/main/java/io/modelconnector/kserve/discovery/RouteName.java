package io.modelconnector.kserve.discovery;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.kserve.internal.SettingChecks;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Route that is named in the configuration.
 *
 * @param namespace its namespace; null for any
 * @param name its name
 */
record RouteName(@Nullable String namespace, String name) {
    private static final String SETTING = "registryRoutes";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

    /** Parses {@code name} or {@code namespace:name}. */
    static RouteName parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        String name = trimmed.substring(colon + 1);
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(SETTING + " had \"" + trimmed
                    + "\", must be the name of a Route, or its namespace and name as \"namespace:name\"");
        }
        return new RouteName(colon < 0 ? null : SettingChecks.namespace(SETTING, trimmed.substring(0, colon)), name);
    }

    boolean names(ExposedRoute route) {
        return name.equals(route.name()) && (namespace == null || namespace.equals(route.namespace()));
    }

    @Override
    public String toString() {
        return namespace == null ? name : namespace + ':' + name;
    }
}
