package io.modelconnector.core.format;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.TechDocsUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entities for a Backstage without any plugin. Each entry is a document of YAML, with an entity for
 *
 * <ul>
 *   <li>its server, if it has one: a Component of type {@code model-server}, which provides the API and depends on the models
 *   <li>each of its models: a Resource of type {@code ai-model}
 *   <li>the API of its server, with the definition that the server publishes or its author wrote; without any, with a stub that
 *       says where the API is
 *   <li>on request, the server once more as an {@code AiModelServerAPI}, a kind of Red Hat's plugins
 * </ul>
 *
 * <p>A Location lists the documents, and one more with the Systems that operators name, each once. Owners and relations are
 * references in full. The labels {@code modelconnector.io/provider}, {@code …/task}, {@code …/license} and {@code …/registry} are
 * for filters; Red Hat's AI catalog reads {@code rhdh.io/ai-asset-category}, {@code -version} and {@code -source}.
 *
 * <p>Documentation for TechDocs is what the author named; else the site of the entry, if it has a model card and portals take
 * this server for a {@linkplain Builder#giteaBase Gitea}; else none.
 *
 * <p>Backstage refuses none of it: names, tags, labels, annotations, links and references that it would refuse are mended or
 * left out, which is told as a loss. Immutable and thread-safe.
 */
public final class BackstageEntitiesFormat implements FeedFormat {
    static final String NAME = "BackstageEntitiesFormat";

    /** Where the Location is, and what its targets are relative to. */
    private static final String ENTITIES = "./entities/";

    private static final String SYSTEMS = "./systems.yaml";

    private final @Nullable URI giteaBase;
    private final boolean aiModelServerApis;
    private final boolean systems;
    private final String locationName;

    private BackstageEntitiesFormat(Builder builder) {
        this.giteaBase = builder.giteaBase;
        this.aiModelServerApis = builder.aiModelServerApis;
        this.systems = builder.systems;
        this.locationName = builder.locationName;
    }

    /** Starts the description of a format. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The last part of the name of an entry's document. */
    @Override
    public String fileName() {
        return ".yaml";
    }

    /** The registered type (RFC 9512). Backstage does not look at it. */
    @Override
    public String contentType() {
        return "application/yaml";
    }

    @Override
    public boolean inLocationContract() {
        return false;
    }

    @Override
    public byte[] write(CatalogEntry entry) {
        return write(entry, loss -> {});
    }

    @Override
    public byte[] write(CatalogEntry entry, Consumer<String> losses) {
        return new EntryEntities(entry, techDocs(entry), losses).write(aiModelServerApis);
    }

    /**
     * The Location. Its targets are relative: {@code ./entities/<segment>/<segment>.yaml} for each entry, and {@code
     * ./systems.yaml} if an entry names a system.
     */
    @Override
    public byte[] writeList(List<CatalogEntry> entries) {
        List<String> targets = new ArrayList<>(entries.size() + 1);
        for (CatalogEntry entry : entries) {
            EntryKey key = entry.key();
            targets.add(ENTITIES + key.first() + '/' + key.second() + fileName());
        }
        if (!systems(entries).isEmpty()) {
            targets.add(SYSTEMS);
        }
        YamlWriter yaml = new YamlWriter();
        new EntityDraft("Location", locationName, null, "Models and model servers of OpenShift AI", loss -> {})
                .begin(yaml);
        yaml.text("type", "url");
        yaml.list("targets", targets);
        yaml.end();
        return yaml.bytes();
    }

    /**
     * Writes the Systems that entries name, each once, whatever the case of its name. The first entry that names one says how it
     * is written, and whose it is.
     *
     * @param entries those of the Location, sorted by key
     * @return a new array; empty without any system
     */
    public byte[] writeSystems(List<CatalogEntry> entries) {
        YamlWriter yaml = new YamlWriter();
        systems(entries).forEach((reference, entry) -> writeSystem(yaml, reference, entry));
        return yaml.bytes();
    }

    private static void writeSystem(YamlWriter yaml, String reference, CatalogEntry entry) {
        int slash = reference.indexOf('/');
        String namespace = reference.substring(reference.indexOf(':') + 1, slash);
        String name = reference.substring(slash + 1);
        ModelServer server = requireNonNull(entry.catalog().modelServer());
        new EntityDraft(
                        "System",
                        name,
                        namespace.equals(EntityRules.DEFAULT_NAMESPACE) ? null : namespace,
                        "The system " + name + ", which model servers are a part of",
                        loss -> {})
                .begin(yaml);
        yaml.text("owner", EntryEntities.owner(entry, server.owner()));
        yaml.end();
    }

    private Map<String, CatalogEntry> systems(List<CatalogEntry> entries) {
        Map<String, CatalogEntry> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (systems) {
            for (CatalogEntry entry : entries) {
                String system = EntryEntities.system(entry, loss -> {});
                if (system != null) {
                    named.putIfAbsent(system, entry);
                }
            }
        }
        return named;
    }

    private @Nullable String techDocs(CatalogEntry entry) {
        if (entry.techDocsUrl() != null) {
            return entry.techDocsUrl();
        }
        return entry.card() == null || giteaBase == null
                ? null
                : TechDocsUrl.ofGitea(giteaBase, entry.key()).text();
    }

    /** Collects the settings of a {@link BackstageEntitiesFormat}; all have a default. Not thread-safe. */
    public static final class Builder {
        private @Nullable URI giteaBase;
        private boolean aiModelServerApis;
        private boolean systems = true;
        private String locationName = "model-connector";

        private Builder() {}

        /**
         * Sets where portals reach the documentation sites of this server, under a host that their {@code integrations.gitea}
         * has; another host or port than they read entities from. By default model cards are not documentation for TechDocs: a
         * Backstage without a plugin cannot read one file as a site.
         *
         * @throws ConfigurationException if it is not an absolute http or https URL
         */
        public Builder giteaBase(URI base) {
            String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (!web || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
                throw new ConfigurationException("giteaBase was \"" + base
                        + "\", must be an absolute http or https URL without query and fragment, for instance"
                        + " http://models-docs.example.com:9090");
            }
            this.giteaBase = base;
            return this;
        }

        /**
         * Sets whether servers are written as {@code AiModelServerAPI} as well; not by default. A Backstage in which Red Hat's
         * plugins have not registered that kind refuses every document that has one.
         */
        public Builder aiModelServerApis(boolean write) {
            this.aiModelServerApis = write;
            return this;
        }

        /**
         * Sets whether the systems that operators name are written as entities; they are by default. Without, the system of an
         * entity is a reference only, for portals that have their systems from elsewhere.
         */
        public Builder systems(boolean write) {
            this.systems = write;
            return this;
        }

        /**
         * Sets the name of the Location, {@code model-connector} by default. A portal that reads several connectors needs one
         * name for each.
         *
         * @throws ConfigurationException if Backstage takes no such name
         */
        public Builder locationName(String name) {
            if (!EntityRules.isName(name)) {
                throw new ConfigurationException(
                        "locationName was \"" + name
                                + "\", must be 1 to 63 letters, digits, '-', '_' and '.', with a letter or a digit at both ends");
            }
            this.locationName = name;
            return this;
        }

        /** Makes the format. */
        public BackstageEntitiesFormat build() {
            return new BackstageEntitiesFormat(this);
        }
    }
}
