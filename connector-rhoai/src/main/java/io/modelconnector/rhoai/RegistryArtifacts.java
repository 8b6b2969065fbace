package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.Problem;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.ListedVersion;
import io.modelconnector.rhoai.client.Listing;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import io.modelconnector.rhoai.client.UnreadableItem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts of one registry's live versions, kept current with few requests. Only the list of a version's artifacts
 * says which version an artifact belongs to, so each version is asked for them once, and again when it changed. The flat
 * list of all artifacts tells what changed in an artifact since, and that there are new ones; whose they are is then
 * searched for. It tells neither that a known artifact was attached to a further version, nor of every type of artifact:
 * therefore each full read asks some of the versions again. Confined to one read at a time.
 */
final class RegistryArtifacts {
    /** In how many versions a new artifact is searched for at each poll, once a search through all has been made. */
    private static final int SHORT_SEARCH = 64;
    /** How many versions a full read asks again though nothing says that they changed; {@link RhoaiModelSource} tells it. */
    static final int RECHECKED_PER_FULL_READ = 200;

    private final Clock clock;
    private final Duration fullReadInterval;
    private final Map<String, VersionArtifacts> byVersion = new HashMap<>();
    /** The versions of each artifact: nearly always one, but a registry may attach an artifact to several. */
    private final Map<String, Set<String>> versionsOf = new HashMap<>();
    /** Artifacts that belong to no live version, as they were then: one that changes may have been attached to one. */
    private final Map<String, ListedArtifact> strangers = new HashMap<>();
    /** Artifacts that were not found where they were searched for, as they were then, until the next full read. */
    private final Map<String, ListedArtifact> unplaced = new HashMap<>();

    private final Set<UnreadableItem> unreadableInFlat = new LinkedHashSet<>();
    private final Set<ModelCardReference> changedCards = new HashSet<>();
    private @Nullable String flatFailure;
    private boolean searchedAll;
    /** Whether a read went through: one that resumes an interrupted first read asks nothing twice. */
    private boolean readOnce;

    private int pass;

    RegistryArtifacts(Clock clock, Duration fullReadInterval) {
        this.clock = clock;
        this.fullReadInterval = fullReadInterval;
    }

    @Nullable
    VersionArtifacts of(String versionId) {
        return byVersion.get(versionId);
    }

    boolean isKnown(ListedArtifact artifact) {
        String id = artifact.id();
        Set<String> versions = versionsOf.get(id);
        if (versions == null) {
            return isKnownWithoutVersion(artifact);
        }
        return versions.stream().map(byVersion::get).allMatch(entry -> artifact.equals(entry.get(id)));
    }

    private boolean isKnownWithoutVersion(ListedArtifact artifact) {
        String id = artifact.id();
        return artifact.equals(strangers.get(id)) || artifact.equals(unplaced.get(id));
    }

    boolean isKnown(UnreadableItem artifact) {
        return unreadableInFlat.contains(artifact);
    }

    /** The cards that new and changed artifacts name, since this was asked last. */
    Set<ModelCardReference> drainChangedCards() {
        Set<ModelCardReference> drained = Set.copyOf(changedCards);
        changedCards.clear();
        return drained;
    }

    /** Artifacts that cannot be read, and the flat list if that cannot. */
    Stream<Problem> problems(String registry) {
        Stream<UnreadableItem> bad = Stream.concat(
                unreadableInFlat.stream(), byVersion.values().stream().flatMap(entry -> entry.unreadable().stream()));
        Stream<Problem> items = bad.map(item -> RegistryProblems.of(registry, item));
        return flatFailure == null
                ? items
                : Stream.concat(items, Stream.of(RegistryProblems.ofFlatArtifacts(registry, flatFailure)));
    }

    /**
     * Brings the artifacts up to date.
     *
     * @param live the versions whose artifacts are wanted, the oldest first
     * @param news what the flat list said before this was called
     * @param full whether this is part of a full read
     */
    void refresh(ModelRegistryClient client, List<ListedVersion> live, FlatNews news, boolean full)
            throws InterruptedException {
        pass++;
        ArtifactReader reader = new ArtifactReader(client, new Store());
        if (full) {
            forget(live);
            unplaced.clear();
            searchedAll = false;
        }
        flatFailure = news.failure();
        Instant now = clock.instant();
        reader.read(live.stream().filter(version -> needsReading(version, now)).toList(), () -> true);
        if (!news.supported()) {
            if (full) {
                reader.read(unread(live), () -> true);
            }
            return;
        }
        note(news);
        Set<String> stale = new HashSet<>();
        Map<String, ListedArtifact> unknown = update(news.items(), stale);
        tellTheAbsent(live, stale, !unknown.isEmpty());
        if (news.complete()) {
            findVanished(news, stale);
        }
        reader.read(unread(live).stream().filter(v -> stale.contains(v.id())).toList(), () -> true);
        if (full && readOnce) {
            reader.read(longestUnread(live), () -> true);
        }
        search(reader, live, unknown);
        readOnce = true;
    }

    private boolean needsReading(ListedVersion version, Instant now) {
        VersionArtifacts entry = byVersion.get(version.id());
        return entry == null || entry.needsReading(version, now);
    }

    /** The versions that were not read in this pass, and are not in trouble. */
    private List<ListedVersion> unread(Collection<ListedVersion> live) {
        return live.stream()
                .filter(version -> {
                    VersionArtifacts entry = byVersion.get(version.id());
                    return entry == null || (!entry.isOf(pass) && entry.fault() == null);
                })
                .toList();
    }

    private List<ListedVersion> longestUnread(List<ListedVersion> live) {
        return unread(live).stream()
                .sorted(Comparator.comparingInt(version -> lastRead(version.id())))
                .limit(RECHECKED_PER_FULL_READ)
                .toList();
    }

    private int lastRead(String version) {
        VersionArtifacts entry = byVersion.get(version);
        return entry == null ? 0 : entry.lastRead();
    }

    /** Drops versions that two full reads in a row did not have as live: the first may have been a short answer. */
    private void forget(List<ListedVersion> live) {
        Set<String> wanted = ids(live);
        Iterator<Map.Entry<String, VersionArtifacts>> entries =
                byVersion.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, VersionArtifacts> entry = entries.next();
            if (wanted.contains(entry.getKey())) {
                entry.getValue().needed();
            } else if (entry.getValue().unneeded() > 1) {
                entries.remove();
                entry.getValue().ids().forEach(artifact -> remove(artifact, entry.getKey()));
                for (ListedArtifact artifact : entry.getValue().all()) {
                    strangers.put(artifact.id(), artifact);
                }
            }
        }
    }

    /** What is searched for in live versions may as well belong to those that are archived, and may come back. */
    private void tellTheAbsent(List<ListedVersion> live, Set<String> stale, boolean anyUnknown) {
        if (stale.isEmpty() && !anyUnknown) {
            return;
        }
        Set<String> wanted = ids(live);
        byVersion.forEach((version, entry) -> {
            if (!wanted.contains(version) && (anyUnknown || stale.contains(version))) {
                entry.missedNews();
            }
        });
    }

    private static Set<String> ids(Collection<ListedVersion> versions) {
        Set<String> ids = new HashSet<>();
        versions.forEach(version -> ids.add(version.id()));
        return ids;
    }

    private void note(FlatNews news) {
        if (news.complete()) {
            unreadableInFlat.clear();
            Set<String> listed = new HashSet<>();
            news.items().forEach(artifact -> listed.add(artifact.id()));
            strangers.keySet().retainAll(listed);
        } else {
            news.items()
                    .forEach(artifact ->
                            unreadableInFlat.removeIf(bad -> artifact.id().equals(bad.id())));
        }
        unreadableInFlat.addAll(news.unreadable());
    }

    /** Updates the artifacts whose version is known; returns those whose version is not, by id. */
    private Map<String, ListedArtifact> update(List<ListedArtifact> artifacts, Set<String> stale) {
        Map<String, ListedArtifact> unknown = new HashMap<>();
        for (ListedArtifact artifact : artifacts) {
            String id = artifact.id();
            Set<String> versions = versionsOf.get(id);
            if (versions != null) {
                versions.forEach(version -> update(artifact, version, stale));
            } else if (!isKnownWithoutVersion(artifact)) {
                unknown.put(id, artifact);
            }
        }
        return unknown;
    }

    private void update(ListedArtifact artifact, String version, Set<String> stale) {
        VersionArtifacts entry = byVersion.get(version);
        if (entry == null || entry.isOf(pass)) {
            // Read from the version itself, which is later than the flat list.
            return;
        }
        ListedArtifact before = entry.get(artifact.id());
        if (before == null) {
            stale.add(version);
        } else if (!before.equals(artifact)) {
            entry.update(artifact);
            noteCard(artifact);
        }
    }

    private void noteCard(ListedArtifact artifact) {
        if (artifact.card() != null) {
            changedCards.add(artifact.card());
        }
    }

    /** An artifact that is no longer in the flat list: its version is asked before that is believed. */
    private void findVanished(FlatNews news, Set<String> stale) {
        Set<String> listed = new HashSet<>();
        news.items().forEach(artifact -> listed.add(artifact.id()));
        for (UnreadableItem bad : news.unreadable()) {
            if (bad.id() == null) {
                return;
            }
            listed.add(bad.id());
        }
        byVersion.forEach((version, entry) -> {
            for (ListedArtifact artifact : entry.all()) {
                if (ModelRegistryClient.flatArtifactTypes()
                                .contains(artifact.artifact().type())
                        && !listed.contains(artifact.id())) {
                    stale.add(version);
                }
            }
        });
    }

    /**
     * Searches the versions of new artifacts: first where there are none yet, the newest first. One search between full
     * reads goes through all versions; the others end early, so that artifacts which belong to no version cost little.
     */
    private void search(ArtifactReader reader, List<ListedVersion> live, Map<String, ListedArtifact> unknown)
            throws InterruptedException {
        unknown.keySet().removeAll(versionsOf.keySet());
        if (unknown.isEmpty()) {
            return;
        }
        List<ListedVersion> candidates = new ArrayList<>(unread(live));
        candidates.sort((a, b) -> {
            int byEmptiness = Boolean.compare(hasArtifacts(a), hasArtifacts(b));
            return byEmptiness != 0 ? byEmptiness : RegistryIds.ORDER.compare(b.id(), a.id());
        });
        boolean all = !searchedAll || candidates.size() <= SHORT_SEARCH;
        List<ListedVersion> searched = all ? candidates : candidates.subList(0, SHORT_SEARCH);
        boolean complete = reader.read(searched, () -> {
            unknown.keySet().removeAll(versionsOf.keySet());
            return !unknown.isEmpty();
        });
        unknown.keySet().removeAll(versionsOf.keySet());
        if (!unknown.isEmpty()) {
            searchedAll |= all && candidates.size() > SHORT_SEARCH;
            (all && complete ? strangers : unplaced).putAll(unknown);
        }
    }

    private boolean hasArtifacts(ListedVersion version) {
        VersionArtifacts entry = byVersion.get(version.id());
        return entry != null && !entry.isEmpty();
    }

    private void put(String artifact, String version) {
        versionsOf.merge(artifact, Set.of(version), (known, added) -> {
            Set<String> versions = new HashSet<>(known);
            versions.addAll(added);
            return versions;
        });
        strangers.remove(artifact);
        unplaced.remove(artifact);
    }

    private void remove(String artifact, String version) {
        versionsOf.computeIfPresent(artifact, (id, known) -> {
            Set<String> versions = new HashSet<>(known);
            versions.remove(version);
            return versions.isEmpty() ? null : versions;
        });
    }

    private final class Store implements ArtifactReader.Results {
        @Override
        public void read(ListedVersion version, Listing<ListedArtifact> artifacts) {
            VersionArtifacts entry = entry(version);
            entry.ids().forEach(artifact -> remove(artifact, version.id()));
            entry.replace(version, artifacts, pass, changedCards);
            entry.ids().forEach(artifact -> put(artifact, version.id()));
        }

        @Override
        public void failed(ListedVersion version, ConnectorException why) {
            VersionArtifacts entry = entry(version);
            entry.failed(
                    version,
                    ReadFault.after(
                            entry.fault(), String.valueOf(why.getMessage()), clock.instant(), fullReadInterval));
        }

        private VersionArtifacts entry(ListedVersion version) {
            return byVersion.computeIfAbsent(version.id(), id -> new VersionArtifacts(version));
        }
    }
}
