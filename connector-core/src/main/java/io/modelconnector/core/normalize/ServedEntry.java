package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.ModelTraits;
import io.modelconnector.core.source.ServedModel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a served model that belongs to no registered version.
 *
 * @param fact the served model
 * @param identity what tells it from others
 * @param address where it is called, if that is valid
 */
record ServedEntry(
        ServedModel fact, Identity identity, @Nullable Address address) implements EntryFacts {

    static ServedEntry of(ServedModel fact, Problems problems) {
        return new ServedEntry(fact, Identity.of(fact), Address.of(fact, problems));
    }

    @Override
    public EntryOrigin.Kind kind() {
        return EntryOrigin.Kind.SERVING;
    }

    /** Names of Kubernetes leave something after sanitizing; those of other platforms need not. */
    @Override
    public EntryKey wantedKey() {
        String namespace = Names.sanitize(fact.namespace());
        String name = Names.sanitize(fact.name());
        return new EntryKey(
                namespace.isEmpty() ? "namespace-" + Names.hash(fact.namespace()) : namespace,
                name.isEmpty() ? "model-" + identity.rawNameHash() : name);
    }

    @Override
    public String wantedModelName() {
        EntryKey key = wantedKey();
        return Names.nameOf(key.first() + '-' + key.second(), identity);
    }

    @Override
    public String annotatedModelName(String modelName) {
        return fact.name();
    }

    @Override
    public @Nullable String get(Property property) {
        return annotation(property.annotations());
    }

    /** The namespace stands in as it is, without being sanitized. */
    @Override
    public @Nullable Owner owner() {
        Owner owner = Owner.of(get(Property.OWNER));
        if (owner != null) {
            return owner;
        }
        return fact.namespace().isBlank() ? null : new Owner(fact.namespace(), null);
    }

    @Override
    public String description() {
        String description = annotation(Property.DESCRIPTION_ANNOTATIONS);
        return description != null ? description : "KServe " + fact.kind() + ' ' + fact.namespace() + '/' + fact.name();
    }

    @Override
    public @Nullable String artifactUri() {
        return Blank.asNull(fact.artifactUri());
    }

    @Override
    public List<String> tags() {
        return Tags.of(fact.labels());
    }

    @Override
    public @Nullable CardVersion card() {
        return null;
    }

    @Override
    public ModelTraits traits(List<String> tags) {
        return new ModelTraits(null, get(Property.PROVIDER), get(Property.TASK), null);
    }

    @Override
    public @Nullable Instant lastUpdate() {
        return null;
    }

    @Override
    public @Nullable Server server() {
        return address == null
                ? null
                : new Server(wantedModelName(), address, fact.authentication(), Declarations.of(fact));
    }

    private @Nullable String annotation(List<String> names) {
        for (String name : names) {
            String value = Blank.asNull(fact.annotations().get(name));
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
