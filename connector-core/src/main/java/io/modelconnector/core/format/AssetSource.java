package io.modelconnector.core.format;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.ModelTraits;

/** Where an entry comes from, as Red Hat's AI catalog wants it: a connector and an instance of it. */
final class AssetSource {
    private AssetSource() {}

    /** {@code model-registry/<registry>} or {@code kserve/<namespace>}; {@code default} stands for what is not known. */
    static String of(CatalogEntry entry, ModelTraits traits) {
        if (entry.origin().kind() == EntryOrigin.Kind.REGISTRY) {
            return "model-registry/" + (traits.registry() == null ? "default" : traits.registry());
        }
        String[] id = entry.origin().id().split("/", -1);
        return "kserve/" + (id.length == 3 ? id[1] : "default");
    }
}
