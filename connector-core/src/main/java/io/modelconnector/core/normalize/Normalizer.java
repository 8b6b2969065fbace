package io.modelconnector.core.normalize;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Turns facts into entries: joins served models to the registered versions that they serve, gives every entry a key and
 * names of its own, and fills in what is published.
 *
 * <p>A pure function of the facts: no I/O, no clock, and the order in which the facts and the parts of them come makes
 * no difference. One bad fact costs at most itself and is reported as a
 * {@link io.modelconnector.core.source.Problem}. Immutable and thread-safe.
 *
 * <pre>{@code
 * NormalizedModels models = Normalizer.builder().build().normalize(versions, served);
 * }</pre>
 */
public final class Normalizer {
    private final Settings settings;

    private Normalizer(Builder builder) {
        this.settings = new Settings(builder.owner, builder.lifecycle, builder.ownNetwork);
    }

    /** Starts a normalizer with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes the entries.
     *
     * @param versions everything that the registries know, archived versions included: a served model may belong to one
     * @param served everything that is served, also what is not ready
     * @return the entries, and what is wrong with single facts
     */
    public NormalizedModels normalize(Collection<RegisteredModelVersion> versions, Collection<ServedModel> served) {
        Problems problems = new Problems();
        List<RegisteredModelVersion> registered = DistinctFacts.versions(versions, problems);
        ServingLinks links = ServingLinks.of(registered, DistinctFacts.served(served, problems), problems);

        List<EntryFacts> inOrderOfAge = new ArrayList<>(registered.size());
        for (RegisteredModelVersion version : registered) {
            if (!version.model().archived() && !version.version().archived()) {
                inOrderOfAge.add(RegisteredEntry.of(version, links.servedModels(version), problems));
            }
        }
        for (ServedModel model : links.unregistered()) {
            inOrderOfAge.add(ServedEntry.of(model, problems));
        }
        return new NormalizedModels(entries(inOrderOfAge, problems), problems.sorted());
    }

    private List<CatalogEntry> entries(List<EntryFacts> inOrderOfAge, Problems problems) {
        EntryAssembly assembly = new EntryAssembly(settings, CardKeys.of(inOrderOfAge), problems);
        List<CatalogEntry> entries = new ArrayList<>(inOrderOfAge.size());
        for (EntryFacts facts : inOrderOfAge) {
            entries.add(assembly.entry(facts));
        }
        entries.sort(Comparator.comparing(CatalogEntry::key));
        return entries;
    }

    /**
     * What is not for a model's author to say.
     *
     * @param owner stands in where the author names none
     * @param lifecycle likewise
     * @param ownNetwork where links to documentation may not point
     */
    record Settings(Owner owner, String lifecycle, OwnNetwork ownNetwork) {}

    /** Collects the settings of a {@link Normalizer}. Not thread-safe. */
    public static final class Builder {
        private Owner owner = new Owner("rhdh-rhoai-bridge", null);
        private String lifecycle = "development";
        private OwnNetwork ownNetwork = new OwnNetwork(List.of());

        private Builder() {}

        /**
         * Sets the owner of registered models without one; {@code rhdh-rhoai-bridge} by default. Letters, digits,
         * {@code -} and {@code _} of it are kept; of a reference ({@code group:default/ml}) the name is.
         *
         * @throws ConfigurationException if nothing is left of it
         */
        public Builder defaultOwner(String owner) {
            Owner valid = Owner.of(requireNonNull(owner, "defaultOwner"));
            if (valid == null) {
                throw new ConfigurationException("defaultOwner was \"" + owner
                        + "\", must hold a letter or a digit, for instance \"ml-platform\" or \"group:default/ml\"");
            }
            this.owner = valid;
            return this;
        }

        /**
         * Sets the lifecycle of models without one; {@code development} by default. Letters, digits, {@code -} and
         * {@code _} of it are kept.
         *
         * @throws ConfigurationException if nothing is left of it
         */
        public Builder defaultLifecycle(String lifecycle) {
            String valid = Names.sanitize(requireNonNull(lifecycle, "defaultLifecycle"));
            if (valid.isEmpty()) {
                throw new ConfigurationException("defaultLifecycle was \"" + lifecycle
                        + "\", must hold a letter or a digit, for instance \"production\"");
            }
            this.lifecycle = valid;
            return this;
        }

        /**
         * Allows hosts of the portal's own network in {@code TechDocs}; none by default. A portal's reader sends its token to
         * where {@code TechDocs} points, and whoever registers a model sets it. So these count as absent, with a
         * {@link io.modelconnector.core.source.Problem}: loopback, link-local, private and reserved addresses, however they are
         * written; names without a dot; names that end in {@code .svc}, {@code .local}, {@code .localhost}, {@code .internal}
         * or {@code .localdomain}. Names are not resolved: one that is public, and resolves to a private address, passes.
         *
         * @param hosts names and addresses, without scheme and port; {@code *.docs.svc} allows all names below
         *     {@code docs.svc}. Replaces what was set before
         * @throws ConfigurationException if one of them is no host
         */
        public Builder techDocsHosts(String... hosts) {
            ownNetwork = new OwnNetwork(List.of(hosts));
            return this;
        }

        /** Makes the normalizer. */
        public Normalizer build() {
            return new Normalizer(this);
        }
    }
}
