package io.modelconnector.rhoai;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.rhoai.client.CardAnswer;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import io.modelconnector.rhoai.client.ReadmeReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the text of one card: in memory, else with one request to where it comes from. Thread-safe. */
final class CardLookup {
    private final RegistryFleet fleet;
    private final CardIndex cards;
    private final @Nullable ProvidedCards provider;

    CardLookup(RegistryFleet fleet, CardIndex cards, @Nullable ProvidedCards provider) {
        this.fleet = fleet;
        this.cards = cards;
        this.provider = provider;
    }

    /**
     * Finds a card.
     *
     * @throws io.modelconnector.core.ConnectorException if it cannot be told whether there is one
     */
    Optional<ModelCard> card(ModelCardReference reference) {
        try {
            return ReadmeReference.isOne(reference) ? ofModel(reference) : named(reference);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceUnavailableException("reading the model card " + reference + " was interrupted", e);
        }
    }

    private Optional<ModelCard> ofModel(ModelCardReference reference) throws InterruptedException {
        for (RegistryMember member : fleet.members()) {
            Readme readme = member.reader().readme(reference);
            if (readme != null) {
                Optional<ModelCard> stored = cards.stored(reference)
                        .filter(card -> card.digest().equals(readme.version().digest()));
                if (stored.isPresent()) {
                    return stored;
                }
                Optional<ModelCard> read = member.client().readme(readme.modelId());
                read.ifPresent(cards::store);
                return read;
            }
        }
        Optional<ModelCard> stored = cards.stored(reference);
        return stored.isPresent() ? stored : provided(reference);
    }

    private Optional<ModelCard> named(ModelCardReference reference) throws InterruptedException {
        Optional<ModelCard> stored = cards.stored(reference);
        if (stored.isPresent()) {
            return stored;
        }
        if (cards.isProvided(reference)) {
            return provided(reference);
        }
        ModelCatalogClient catalog = fleet.catalog();
        if (catalog == null) {
            if (fleet.catalogTrouble() != null) {
                throw new SourceUnavailableException("reading the model card " + reference
                        + " was given up: the model catalog is not there at the moment");
            }
            return provided(reference);
        }
        Optional<ModelCard> found = taken(catalog.card(reference));
        return found.isPresent() ? found : provided(reference);
    }

    private Optional<ModelCard> provided(ModelCardReference reference) {
        return provider == null || cards.isAbsent(reference) ? Optional.empty() : taken(provider.card(reference));
    }

    private Optional<ModelCard> taken(CardAnswer answer) {
        if (answer instanceof CardAnswer.Failed failed) {
            throw failed.failure();
        }
        if (answer instanceof CardAnswer.Found found) {
            cards.store(found.card());
            return Optional.of(found.card());
        }
        return Optional.empty();
    }
}
