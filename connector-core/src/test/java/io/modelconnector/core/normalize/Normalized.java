package io.modelconnector.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.List;

/** What the normalizer makes of some facts, as tests want to look at it. */
final class Normalized {
    private final NormalizedModels models;

    private Normalized(NormalizedModels models) {
        this.models = models;
    }

    /** Normalizes {@link RegisteredFact}s and {@link ServedFact}s with the default settings. */
    static Normalized of(Object... facts) {
        return of(Normalizer.builder().build(), facts);
    }

    static Normalized of(Normalizer normalizer, Object... facts) {
        List<RegisteredModelVersion> versions = new ArrayList<>();
        List<ServedModel> served = new ArrayList<>();
        for (Object fact : facts) {
            if (fact instanceof RegisteredFact registered) {
                versions.add(registered.fact());
            } else {
                served.add(((ServedFact) fact).fact());
            }
        }
        return new Normalized(normalizer.normalize(versions, served));
    }

    List<String> keys() {
        return models.entries().stream().map(entry -> entry.key().toString()).toList();
    }

    List<String> modelNames() {
        return models.entries().stream()
                .map(entry -> entry.catalog().models().get(0).name())
                .toList();
    }

    /** The server names, empty where an entry has no server. */
    List<String> serverNames() {
        return models.entries().stream()
                .map(entry -> entry.catalog().modelServer())
                .map(server -> server == null ? "" : server.name())
                .toList();
    }

    List<Problem> problems() {
        return models.problems();
    }

    /** The only entry. */
    CatalogEntry entry() {
        assertThat(keys()).hasSize(1);
        return models.entries().get(0);
    }

    /** The entry with a key as in a path. */
    CatalogEntry entry(String key) {
        assertThat(keys()).contains(key);
        return models.entries().get(keys().indexOf(key));
    }

    /** The model of the only entry. */
    Model model() {
        return entry().catalog().models().get(0);
    }

    /** The server of the only entry. */
    ModelServer server() {
        return entry().catalog().modelServer();
    }

    /** The server of the entry with a key as in a path. */
    ModelServer server(String key) {
        return entry(key).catalog().modelServer();
    }
}
