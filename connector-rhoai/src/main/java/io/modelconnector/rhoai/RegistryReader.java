package io.modelconnector.rhoai;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.client.KnownItems;
import io.modelconnector.rhoai.client.Listed;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.ListedModel;
import io.modelconnector.rhoai.client.ListedVersion;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import io.modelconnector.rhoai.client.ReadmeReference;
import io.modelconnector.rhoai.client.RegistryChanges;
import io.modelconnector.rhoai.client.RegistryContents;
import io.modelconnector.rhoai.client.UnreadableItem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one registry: everything at first, from time to time and where there is doubt, and in between only what changed.
 * What it knows outlasts failed reads. One read at a time; another waits.
 */
final class RegistryReader {
    private static final Logger log = LoggerFactory.getLogger(RegistryReader.class);

    private final String registry;
    private final Clock clock;
    private final Duration fullReadInterval;
    private final ReentrantLock reading = new ReentrantLock();
    private final RegistryState state = new RegistryState();
    private final RegistryArtifacts artifacts;
    private final RegistryFacts facts;
    private final Set<ModelCardReference> cardsToCheck = new HashSet<>();
    private @Nullable Instant lastFullRead;
    private volatile CardNeeds cardNeeds = CardNeeds.none();
    private volatile Map<ModelCardReference, Readme> readmes = Map.of();

    RegistryReader(String registry, Clock clock, Duration fullReadInterval) {
        this.registry = registry;
        this.clock = clock;
        this.fullReadInterval = fullReadInterval;
        this.artifacts = new RegistryArtifacts(clock, fullReadInterval);
        this.facts = new RegistryFacts(registry);
    }

    /**
     * Brings what is known up to date.
     *
     * @param fresh whether to look at everything again in any case
     * @throws io.modelconnector.core.ConnectorException if the registry cannot be read; what was known stays
     */
    void read(ModelRegistryClient client, boolean fresh) throws InterruptedException {
        reading.lockInterruptibly();
        try {
            Instant now = clock.instant();
            if (fresh || isFullReadDue(now) || !readChanges(client)) {
                readAll(client);
                lastFullRead = now;
            }
        } finally {
            reading.unlock();
        }
    }

    /** A clock that was set back must not put the next full read off. */
    private boolean isFullReadDue(Instant now) {
        Instant last = lastFullRead;
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(fullReadInterval));
    }

    /** Asks for what changed; false if the answer leaves doubts. */
    private boolean readChanges(ModelRegistryClient client) throws InterruptedException {
        RegistryChanges changes = client.changes(new Known());
        FlatNews news = FlatNews.ofChanges(changes.artifacts());
        boolean tooManyArtifacts = changes.artifacts().value() != null
                && changes.artifacts().value().stream().anyMatch(artifact -> artifact.tooMany());
        if (tooManyArtifacts || state.doubts(changes)) {
            log.debug("registry \"{}\": what changed does not fit what is known, reading everything", registry);
            return false;
        }
        state.add(changes);
        artifacts.refresh(client, state.liveVersions(), news, false);
        cardsToCheck.addAll(artifacts.drainChangedCards());
        collectCards();
        Set<String> changedModels = new HashSet<>();
        changes.models().items().forEach(model -> changedModels.add(model.id()));
        Set<String> changedVersions = new HashSet<>();
        changes.versions().items().forEach(version -> changedVersions.add(version.id()));
        for (ListedVersion version : state.liveVersions()) {
            if (changedVersions.contains(version.id()) || changedModels.contains(version.registeredModelId())) {
                cardsToCheck.addAll(namedBy(version, false));
                cardsToCheck.add(ofModel(version));
            }
        }
        return true;
    }

    private void readAll(ModelRegistryClient client) throws InterruptedException {
        RegistryContents contents = client.contents();
        if (state.missesModels(contents)) {
            contents = contents.withModels(client.registeredModels());
        }
        if (RegistryState.missesEnvironments(contents)) {
            contents = contents.withEnvironments(client.servingEnvironments());
        }
        state.replace(contents);
        artifacts.refresh(client, state.liveVersions(), FlatNews.of(contents.artifacts()), true);
        artifacts.drainChangedCards();
        collectCards();
        cardsToCheck.addAll(cardNeeds.named());
        cardsToCheck.addAll(cardNeeds.lacking());
        log.debug(
                "registry \"{}\": read everything, {} versions",
                registry,
                contents.versions().items().size());
    }

    private void collectCards() {
        List<ListedVersion> live = state.liveVersions();
        Map<ModelCardReference, Readme> found = new HashMap<>();
        for (ListedVersion version : live) {
            ListedModel model = state.model(version.registeredModelId());
            CardVersion readme = model == null ? null : model.model().card();
            if (model != null && readme != null) {
                // Should two models have one name, which registries do not allow, the older one has the card.
                found.merge(
                        readme.reference(),
                        new Readme(model.id(), readme),
                        (one, other) -> RegistryIds.ORDER.compare(one.modelId(), other.modelId()) <= 0 ? one : other);
            }
        }
        Set<ModelCardReference> named = new HashSet<>();
        List<CardNeeds.OfVersion> ofVersions = new ArrayList<>(live.size());
        for (ListedVersion version : live) {
            named.addAll(namedBy(version, false));
            ModelCardReference model = ofModel(version);
            ofVersions.add(new CardNeeds.OfVersion(model, found.containsKey(model), namedBy(version, true)));
        }
        readmes = Map.copyOf(found);
        cardNeeds = new CardNeeds(Set.copyOf(named), readmes.keySet(), List.copyOf(ofVersions));
    }

    /** The cards that a version's artifacts name, or those only that are the model itself. */
    private Set<ModelCardReference> namedBy(ListedVersion version, boolean modelsOnly) {
        VersionArtifacts own = artifacts.of(version.id());
        Set<ModelCardReference> named = new HashSet<>();
        if (own != null) {
            own.all().forEach(artifact -> {
                boolean counts = !modelsOnly || artifact.artifact().type().equals(ModelArtifact.MODEL_ARTIFACT);
                if (artifact.card() != null && counts) {
                    named.add(artifact.card());
                }
            });
        }
        return named;
    }

    /** The own card of a live version's model. */
    private ModelCardReference ofModel(ListedVersion version) {
        ListedModel model = state.model(version.registeredModelId());
        return ReadmeReference.of(registry, model == null ? "" : model.model().name());
    }

    /** The cards that live versions have use for, as of the last successful read. */
    CardNeeds cardNeeds() {
        return cardNeeds;
    }

    /** The readme that a reference names, as of the last successful read; null if there is none. Does not wait for reads. */
    @Nullable
    Readme readme(ModelCardReference reference) {
        return readmes.get(reference);
    }

    /** The cards to look at again since this was asked last: those of what changed, after a full read all. */
    Set<ModelCardReference> drainCardsToCheck() throws InterruptedException {
        reading.lockInterruptibly();
        try {
            Set<ModelCardReference> drained = Set.copyOf(cardsToCheck);
            cardsToCheck.clear();
            return drained;
        } finally {
            reading.unlock();
        }
    }

    /** What is known, as facts. */
    SourcePart part(CardIndex cards, List<Problem> more) throws InterruptedException {
        reading.lockInterruptibly();
        try {
            return facts.part(state, artifacts, new KnownCards(cards, readmes), more);
        } finally {
            reading.unlock();
        }
    }

    private final class Known implements KnownItems {
        @Override
        public boolean isKnown(Listed item) {
            return item instanceof ListedArtifact artifact ? artifacts.isKnown(artifact) : state.isKnown(item);
        }

        @Override
        public boolean isKnown(UnreadableItem item) {
            return item.collection().equals("artifacts") ? artifacts.isKnown(item) : state.isKnown(item);
        }
    }
}
