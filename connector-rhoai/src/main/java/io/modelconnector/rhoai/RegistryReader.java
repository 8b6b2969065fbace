package io.modelconnector.rhoai;

import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.client.KnownItems;
import io.modelconnector.rhoai.client.Listed;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.ListedVersion;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import io.modelconnector.rhoai.client.RegistryChanges;
import io.modelconnector.rhoai.client.RegistryContents;
import io.modelconnector.rhoai.client.UnreadableItem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
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
    private volatile Set<ModelCardReference> references = Set.of();

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
        Set<ModelCardReference> changedCards = artifacts.drainChangedCards();
        cardsToCheck.addAll(changedCards);
        references = collectReferences();
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
        references = collectReferences();
        cardsToCheck.addAll(references);
        log.debug(
                "registry \"{}\": read everything, {} versions",
                registry,
                contents.versions().items().size());
    }

    private Set<ModelCardReference> collectReferences() {
        Set<ModelCardReference> all = new HashSet<>();
        for (ListedVersion version : state.liveVersions()) {
            VersionArtifacts own = artifacts.of(version.id());
            if (own != null) {
                own.all().forEach(artifact -> {
                    if (artifact.card() != null) {
                        all.add(artifact.card());
                    }
                });
            }
        }
        return Set.copyOf(all);
    }

    /** The cards that live versions name, as of the last successful read. */
    Set<ModelCardReference> references() {
        return references;
    }

    /** The cards to look at again since this was asked last: those of changed artifacts, after a full read all. */
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
            return facts.part(state, artifacts, cards, more);
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
