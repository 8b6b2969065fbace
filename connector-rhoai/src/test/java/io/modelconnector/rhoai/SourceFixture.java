package io.modelconnector.rhoai;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A source of one registry and a catalog, with time that is moved by hand. */
final class SourceFixture implements AutoCloseable {
    static final String REGISTRY = "modelregistry-public";
    static final Duration FULL_READ_INTERVAL = Duration.ofMinutes(10);
    /** Retries go on almost at once. */
    static final HttpSettings SETTINGS = HttpSettings.builder()
            .retryDelay(Duration.ofMillis(1))
            .maxCardBytes(10_000)
            .build();

    final FakeRegistry registry;
    final FakeCatalog catalog;
    final FakeTime time = new FakeTime();
    /** The cards that were known before the start. */
    final Map<ModelCardReference, CardVersion> earlier = new HashMap<>();

    final RhoaiModelSource source;

    SourceFixture() {
        this(FakeRegistry.current());
    }

    SourceFixture(FakeRegistry registry) {
        this(registry, new FakeCatalog());
    }

    SourceFixture(FakeCatalog catalog) {
        this(FakeRegistry.current(), catalog);
    }

    private SourceFixture(FakeRegistry registry, FakeCatalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
        source = RhoaiModelSource.builder(REGISTRY, registry.base())
                .catalog(catalog.base())
                .settings(SETTINGS)
                .clock(time)
                .earlierCards(card -> Optional.ofNullable(earlier.get(card)))
                .build();
    }

    static ReadContext context(boolean fresh) {
        return new ReadContext(fresh, Duration.ofMinutes(5));
    }

    SourceSnapshot snapshot() throws InterruptedException {
        return source.read(context(false));
    }

    /** Polls; the part of the registry. */
    SourcePart read() throws InterruptedException {
        return snapshot().parts().get(0);
    }

    /** Reads everything again; the part of the registry. */
    SourcePart readFresh() throws InterruptedException {
        return source.read(context(true)).parts().get(0);
    }

    static RegisteredModelVersion version(SourcePart part, String versionId) {
        return part.modelVersions().stream()
                .filter(fact -> fact.version().id().equals(versionId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no version " + versionId + " in " + part.modelVersions()));
    }

    @Override
    public void close() {
        source.close();
        registry.close();
        catalog.close();
    }
}
