package io.modelconnector.examples.sidecars;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registry source together with the search that tells it where the registries are, so that health shows both. */
final class DiscoveringSource implements ModelSource {
    private static final String PART = "cluster-discovery";

    private final ModelSource registries;
    private final ClusterRegistries search;

    DiscoveringSource(ModelSource registries, ClusterRegistries search) {
        this.registries = registries;
        this.search = search;
    }

    @Override
    public String name() {
        return registries.name();
    }

    @Override
    public SourceSnapshot read(ReadContext context) throws InterruptedException {
        List<SourcePart> parts = new ArrayList<>(registries.read(context).parts());
        parts.add(SourcePart.complete(PART, List.of(), List.of(), search.currentProblems()));
        return new SourceSnapshot(parts);
    }

    @Override
    public void onChange(Runnable changed) {
        registries.onChange(changed);
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        return registries.card(reference);
    }

    @Override
    public void close() {
        registries.close();
    }
}
