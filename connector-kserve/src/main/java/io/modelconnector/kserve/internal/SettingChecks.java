package io.modelconnector.kserve.internal;

import io.modelconnector.core.ConfigurationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of what builders are given. */
public final class SettingChecks {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private SettingChecks() {}

    /** The duration, if it is positive. */
    public static Duration positive(String setting, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new ConfigurationException(setting + " was " + duration + ", must be positive");
        }
        return duration;
    }

    /** The namespaces, if each can be one and none is named twice. */
    public static List<String> namespaces(String setting, String... namespaces) {
        if (new HashSet<>(Arrays.asList(namespaces)).size() < namespaces.length) {
            throw new ConfigurationException(
                    setting + " was " + Arrays.toString(namespaces) + ", must name no namespace twice");
        }
        for (String namespace : namespaces) {
            namespace(setting, namespace);
        }
        return List.of(namespaces);
    }

    /** The namespace, if it can be one. */
    public static String namespace(String setting, String namespace) {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new ConfigurationException(setting + " was \"" + namespace
                    + "\", must be the name of a namespace: lower-case letters, digits and \"-\", at most 63");
        }
        return namespace;
    }
}
