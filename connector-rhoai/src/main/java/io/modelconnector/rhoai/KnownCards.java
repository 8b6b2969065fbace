package io.modelconnector.rhoai;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.ListedModel;
import io.modelconnector.rhoai.client.ReadmeReference;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives models and artifacts of one registry the cards that they have. A readme wins over a card of the user's provider, and
 * one of the catalog over both.
 *
 * @param index the cards that are not in the registry
 * @param readmes those that are
 */
record KnownCards(CardIndex index, Map<ModelCardReference, Readme> readmes) {

    /** A live model with its own card, if it has one. */
    RegisteredModel describe(ListedModel listed, String registry, Consumer<Problem> problems) {
        RegisteredModel model = listed.model();
        ModelCardReference reference = ReadmeReference.of(registry, model.name());
        if (listed.readmeProblem() != null) {
            problems.accept(new Problem(
                    "model card " + reference, listed.readmeProblem() + "; it is left out, repair it in the registry"));
        }
        Readme readme = readmes.get(reference);
        if (readme != null) {
            return readme.modelId().equals(model.id()) ? model : model.withCard(null);
        }
        Problem problem = index.problem(reference);
        if (problem != null) {
            problems.accept(problem);
        }
        CardVersion provided = index.version(reference);
        return provided == null ? model : model.withCard(provided);
    }

    /** An artifact with the card that it names, if that exists. */
    ModelArtifact describe(ListedArtifact listed, RegisteredModel model, Consumer<Problem> problems) {
        ModelArtifact artifact = listed.artifact();
        ModelCardReference reference = listed.card();
        if (reference == null) {
            return artifact;
        }
        Problem problem = index.problem(reference);
        if (problem != null) {
            problems.accept(problem);
        }
        CardVersion card = index.version(reference);
        boolean hasReadme =
                model.card() != null && readmes.containsKey(model.card().reference());
        return card == null || (hasReadme && index.isProvided(reference))
                ? artifact
                : new ModelArtifact(artifact.id(), artifact.type(), artifact.uri(), artifact.properties(), card);
    }
}
