package io.modelconnector.core.endpoint.contract;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourceSnapshot;
import java.util.List;
import java.util.Optional;

/** One model, whose card has a name that is hard on whoever decodes a path or a query too early or twice. */
final class ModelsToHost implements ModelSource {
    static final String ENTRY = "/granite-31-8b-host-contract/v1/model-catalog.json";
    static final ModelCardReference CARD = new ModelCardReference("lab/models", "café", "c++/coder 50%25");
    static final String CARD_TEXT = "# Granite\n\nfür alle\n";

    private static final ModelCard TEXT = ModelCard.of(CARD, CARD_TEXT);

    @Override
    public String name() {
        return "host-contract";
    }

    @Override
    public SourceSnapshot read(ReadContext context) {
        ModelArtifact artifact = new ModelArtifact(
                "1",
                ModelArtifact.MODEL_ARTIFACT,
                "s3://models/granite-3.1-8b",
                CustomProperties.none(),
                TEXT.version());
        RegisteredModel model = new RegisteredModel(
                "1",
                "granite-3.1-8b-host-contract",
                false,
                "Chat and summaries in twelve languages. ".repeat(100),
                "ml-platform",
                CustomProperties.none());
        return SourceSnapshot.builder()
                .modelVersion(new RegisteredModelVersion(
                        "lab",
                        model,
                        new ModelVersion("1", "v1", false, null, CustomProperties.none(), null),
                        List.of(artifact),
                        List.of()))
                .build();
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        return reference.equals(CARD) ? Optional.of(TEXT) : Optional.empty();
    }

    @Override
    public void close() {}
}
