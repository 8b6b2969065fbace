package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.examples.sidecars.settings.RegistryCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the environment variables as the other roles do. */
final class SettingsCheck implements Check {
    private final Map<String, String> environment;
    private volatile @Nullable ConnectorSettings connector;
    private volatile @Nullable Parts parts;

    SettingsCheck(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        ConnectorSettings read = null;
        try {
            read = ConnectorSettings.from(environment);
            RegistryCalls.http(read, null);
            connector = read;
        } catch (ConfigurationException e) {
            findings.add(wrong(e));
        }
        try {
            Parts told = Parts.from(environment);
            RegistryCalls.trusting("BKSTG_CA_FILE", told.portalCaFile(), null);
            parts = told;
        } catch (ConfigurationException e) {
            findings.add(wrong(e));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(name(), "valid"));
        }
        if (read != null && read.registryTlsInsecure()) {
            findings.add(Finding.warn(
                    name(),
                    "REGISTRY_TLS_INSECURE is set: whoever is on the way to the registries can read the token and forge"
                            + " models",
                    "give the CA of the registries with REGISTRY_CA_FILE instead"));
        }
        return findings;
    }

    private Finding wrong(ConfigurationException e) {
        return Finding.fail(
                name(), String.valueOf(e.getMessage()), "correct these environment variables; no role starts before");
    }

    /** The settings of registries and served models; null if they are invalid. */
    @Nullable
    ConnectorSettings connector() {
        return connector;
    }

    /** The settings of the parts; null if they are invalid. */
    @Nullable
    Parts parts() {
        return parts;
    }
}
