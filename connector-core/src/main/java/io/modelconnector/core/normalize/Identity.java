package io.modelconnector.core.normalize;

import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;

/**
 * What tells the thing behind an entry from all others.
 *
 * @param id the id of its fact
 * @param scope the registry's name, or the kind of the serving object
 * @param group the registered model's name, or the namespace; as it is, not sanitized
 * @param name the version's name, or the serving object's; as it is
 * @param scopeInRawName whether the scope is part of the raw name: a kind is, a registry is not
 */
record Identity(String id, String scope, String group, String name, boolean scopeInRawName) {
    static Identity of(RegisteredModelVersion version) {
        return new Identity(
                version.id(),
                version.registry(),
                version.model().name(),
                version.version().name(),
                false);
    }

    static Identity of(ServedModel model) {
        return new Identity(model.id(), model.kind(), model.namespace(), model.name(), true);
    }

    /** The hash that stands for what was cut off a name. */
    String rawNameHash() {
        return scopeInRawName ? Names.hash(scope, group, name) : Names.hash(group, name);
    }

    /**
     * The hash that keeps this apart from another thing of the same name.
     *
     * @param attempt 1, or more if the hashes of earlier attempts are taken: equal names in one registry are not
     *     expected, but a registry decides that, not we
     */
    String distinguishingHash(int attempt) {
        return attempt == 1
                ? Names.hash(scope, group, name)
                : Names.hash(scope, group, name, id, String.valueOf(attempt));
    }
}
