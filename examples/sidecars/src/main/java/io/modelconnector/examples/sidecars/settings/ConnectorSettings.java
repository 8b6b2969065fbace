package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.FeedFormats;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.normalize.Normalizer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about where models are read and how they are published. Immutable; its text has no secret in
 * it.
 *
 * @param format {@code NORMALIZER_FORMAT}: the format in which models are published
 * @param publicBase {@code TECHDOCS_URL}, else {@code BRIDGE_URL}: where the portal reaches this program, for links to model
 *     cards
 * @param pollInterval {@code POLLING_INTERVAL}: how long after a read the registries are asked for changes again
 * @param fullReadInterval {@code FULL_READ_INTERVAL}: how often they are read completely
 * @param startupDeadline {@code STARTUP_DEADLINE}: how long a source that cannot be read holds up the first publication
 * @param defaultOwner {@code DEFAULT_OWNER}: the owner of models without one; null for the library's default
 * @param defaultLifecycle {@code DEFAULT_LIFECYCLE}: the lifecycle of models without one; null for the library's default
 * @param registries {@code REGISTRY_URLS}: registries by name; empty if they are to be discovered
 * @param catalog {@code CATALOG_URL}: the model catalog; null if it is to be discovered
 * @param registryRoutes {@code MR_ROUTE}: the Routes that are registries, by name or {@code namespace:name}; empty for all
 *     that are labelled as such
 * @param registryToken {@code KFMR_TOKEN}: the token for registries and catalog; null for the cluster's
 * @param registryCaFile {@code REGISTRY_CA_FILE}: certificates to trust besides the usual ones
 * @param registryTlsInsecure {@code REGISTRY_TLS_INSECURE}: whether nobody checks the certificates of registries and catalog
 * @param techDocsHosts {@code TECHDOCS_ALLOWED_HOSTS}: hosts of the portal's own network to which links to documentation may lead
 * @param namespaces {@code NAMESPACES}: the namespaces in which served models are looked for; empty for all
 * @param labelSelector {@code LABEL_SELECTOR}: what the labels of served models must match; null for anything
 * @param log how to log
 */
public record ConnectorSettings(
        FeedFormat format,
        URI publicBase,
        Duration pollInterval,
        Duration fullReadInterval,
        Duration startupDeadline,
        @Nullable String defaultOwner,
        @Nullable String defaultLifecycle,
        Map<String, URI> registries,
        @Nullable URI catalog,
        List<String> registryRoutes,
        @Nullable String registryToken,
        @Nullable Path registryCaFile,
        boolean registryTlsInsecure,
        List<String> techDocsHosts,
        List<String> namespaces,
        @Nullable String labelSelector,
        LogSettings log) {
    private static final URI LOCAL = URI.create("http://localhost:9090");
    private static final Pattern REGISTRY_NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern NAMESPACE = Pattern.compile(DNS_LABEL);
    private static final Pattern ROUTE = Pattern.compile("(" + DNS_LABEL + ":)?[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static ConnectorSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        ConnectorSettings settings = from(reader);
        reader.check();
        return settings;
    }

    static ConnectorSettings from(EnvironmentReader reader) {
        FeedFormat format = format(reader);
        return new ConnectorSettings(
                format,
                publicBase(reader),
                reader.positiveDuration("POLLING_INTERVAL", Duration.ofMinutes(2)),
                reader.positiveDuration("FULL_READ_INTERVAL", Duration.ofMinutes(10)),
                startupDeadline(reader),
                name(reader, "DEFAULT_OWNER", Normalizer.builder()::defaultOwner),
                name(reader, "DEFAULT_LIFECYCLE", Normalizer.builder()::defaultLifecycle),
                registries(reader),
                reader.url("CATALOG_URL"),
                reader.names("MR_ROUTE", ROUTE, "names of Routes, each as name or namespace:name, separated by commas"),
                reader.text("KFMR_TOKEN"),
                reader.readableFile("REGISTRY_CA_FILE"),
                reader.flag("REGISTRY_TLS_INSECURE"),
                techDocsHosts(reader),
                reader.names("NAMESPACES", NAMESPACE, "names of namespaces, separated by commas"),
                reader.text("LABEL_SELECTOR"),
                LogSettings.from(reader));
    }

    /** The format in which entries are written, with links to model cards at the public base. */
    static FeedFormat format(EnvironmentReader reader) {
        List<String> names = FeedFormats.names();
        FeedFormat format =
                FeedFormats.named(reader.word("NORMALIZER_FORMAT", names.get(0), names), publicBase(reader));
        // Clients before 1.0 make a link of a licence, and Backstage refuses one that is no URL.
        boolean linksOnly = reader.flag("LICENSE_LINKS_ONLY");
        return linksOnly && format instanceof JsonArrayFormat json ? json.withLicenseLinksOnly() : format;
    }

    private static URI publicBase(EnvironmentReader reader) {
        URI given = reader.url("TECHDOCS_URL");
        URI bridge = reader.url("BRIDGE_URL");
        return given != null ? given : bridge != null ? bridge : LOCAL;
    }

    static Duration startupDeadline(EnvironmentReader reader) {
        return reader.positiveDuration("STARTUP_DEADLINE", Duration.ofMinutes(5));
    }

    /** A default that the normalizer takes. */
    private static @Nullable String name(EnvironmentReader reader, String variable, Consumer<String> check) {
        String name = reader.text(variable);
        if (name != null) {
            try {
                check.accept(name);
            } catch (ConfigurationException e) {
                reader.invalid(variable, name, "a name with at least a letter or a digit");
            }
        }
        return name;
    }

    private static Map<String, URI> registries(EnvironmentReader reader) {
        Map<String, URI> registries = new LinkedHashMap<>();
        for (String pair : reader.list("REGISTRY_URLS")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (!REGISTRY_NAME.matcher(name).matches()) {
                reader.invalid(
                        "REGISTRY_URLS", pair.contains("@") ? "(not shown)" : pair, "name=URL, separated by commas");
                continue;
            }
            URI url = reader.url("REGISTRY_URLS", pair.substring(equals + 1).strip());
            if (url != null && registries.put(name, url) != null) {
                reader.invalid("REGISTRY_URLS", name, "a name that no other registry has");
            }
        }
        return registries;
    }

    private static List<String> techDocsHosts(EnvironmentReader reader) {
        List<String> hosts = reader.list("TECHDOCS_ALLOWED_HOSTS");
        try {
            Normalizer.builder().techDocsHosts(hosts.toArray(String[]::new));
            return hosts;
        } catch (ConfigurationException e) {
            reader.invalid(
                    "TECHDOCS_ALLOWED_HOSTS",
                    String.join(",", hosts),
                    "names of hosts, or *.suffix, separated by commas");
            return List.of();
        }
    }

    /** Copies the collections. */
    public ConnectorSettings {
        registries = Collections.unmodifiableMap(new LinkedHashMap<>(registries));
        registryRoutes = List.copyOf(registryRoutes);
        techDocsHosts = List.copyOf(techDocsHosts);
        namespaces = List.copyOf(namespaces);
    }

    @Override
    public String toString() {
        return "ConnectorSettings[format=" + format.name() + ", publicBase=" + publicBase + ", pollInterval="
                + pollInterval
                + ", fullReadInterval="
                + fullReadInterval + ", registries=" + registries + ", catalog=" + catalog + ", registryRoutes="
                + registryRoutes + ", registryToken=" + (registryToken == null ? "none" : "(not shown)")
                + ", registryCaFile=" + registryCaFile + ", registryTlsInsecure=" + registryTlsInsecure
                + ", techDocsHosts=" + techDocsHosts + ", namespaces=" + namespaces + ", labelSelector=" + labelSelector
                + ']';
    }
}
