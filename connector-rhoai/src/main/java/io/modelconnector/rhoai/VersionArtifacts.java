package io.modelconnector.rhoai;

import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.ListedVersion;
import io.modelconnector.rhoai.client.Listing;
import io.modelconnector.rhoai.client.UnreadableItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The artifacts of one version, as they were last read, and what became of the reads since. */
final class VersionArtifacts {
    /** The state of the version for which they were last read, or tried to be. */
    private ListedVersion triedFor;

    private Map<String, ListedArtifact> artifacts = new LinkedHashMap<>();
    private List<UnreadableItem> unreadable = List.of();
    private @Nullable ReadFault fault;
    private boolean read;
    private boolean outdated;
    private int pass;
    private int fullReadsWithout;

    VersionArtifacts(ListedVersion version) {
        triedFor = version;
    }

    Iterable<ListedArtifact> all() {
        return artifacts.values();
    }

    boolean isEmpty() {
        return artifacts.isEmpty();
    }

    /** The ids of all of them, also of those that cannot be read. */
    Set<String> ids() {
        Set<String> ids = new HashSet<>(artifacts.keySet());
        for (UnreadableItem bad : unreadable) {
            if (bad.id() != null) {
                ids.add(bad.id());
            }
        }
        return ids;
    }

    List<UnreadableItem> unreadable() {
        return unreadable;
    }

    @Nullable
    ListedArtifact get(String id) {
        return artifacts.get(id);
    }

    @Nullable
    ReadFault fault() {
        return fault;
    }

    /** Whether they were ever read. */
    boolean wasRead() {
        return read;
    }

    boolean needsReading(ListedVersion version, Instant now) {
        return outdated || !triedFor.equals(version) || (fault != null && fault.isDue(now));
    }

    /** Takes note of news that may concern the version while it was not wanted; it is read once it is wanted again. */
    void missedNews() {
        outdated = true;
    }

    /** Whether they were read in this pass. */
    boolean isOf(int currentPass) {
        return pass == currentPass;
    }

    /** The pass in which they were last read. */
    int lastRead() {
        return pass;
    }

    /** How many full reads in a row did not need them, with this one. */
    int unneeded() {
        return ++fullReadsWithout;
    }

    void needed() {
        fullReadsWithout = 0;
    }

    /**
     * Takes what was read. What did not change stays the same object; what cannot be read stays as it was.
     *
     * @param changedCards takes the cards that new and changed artifacts name
     */
    void replace(
            ListedVersion version,
            Listing<ListedArtifact> listing,
            int currentPass,
            Set<ModelCardReference> changedCards) {
        Map<String, ListedArtifact> next = new LinkedHashMap<>();
        for (ListedArtifact item : listing.items()) {
            ListedArtifact known = artifacts.get(item.id());
            boolean same = item.equals(known);
            next.put(item.id(), same && known != null ? known : item);
            if (!same && item.card() != null) {
                changedCards.add(item.card());
            }
        }
        for (UnreadableItem bad : listing.unreadable()) {
            ListedArtifact known = bad.id() == null ? null : artifacts.get(bad.id());
            if (known != null) {
                next.putIfAbsent(known.id(), known);
            }
        }
        artifacts = next;
        unreadable = listing.unreadable();
        triedFor = version;
        fault = null;
        outdated = false;
        read = true;
        pass = currentPass;
    }

    /** Takes one artifact that is known to be here. */
    void update(ListedArtifact artifact) {
        artifacts.put(artifact.id(), artifact);
        List<UnreadableItem> left = new ArrayList<>(unreadable);
        left.removeIf(bad -> artifact.id().equals(bad.id()));
        unreadable = List.copyOf(left);
    }

    void failed(ListedVersion version, ReadFault why) {
        triedFor = version;
        outdated = false;
        fault = why;
    }
}
