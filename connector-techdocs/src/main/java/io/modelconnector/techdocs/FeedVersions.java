package io.modelconnector.techdocs;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryOrigin;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which entries are versions of the same registered model. Immutable. */
final class FeedVersions {
    private static final String STORED = "store:";

    private static final Comparator<CatalogEntry> NEWEST_FIRST = Comparator.comparing(FeedVersions::lastUpdate)
            .thenComparing(FeedVersions::versionId)
            .thenComparing(CatalogEntry::key)
            .reversed();

    private final Map<String, List<CatalogEntry>> versions;

    private FeedVersions(Map<String, List<CatalogEntry>> versions) {
        this.versions = versions;
    }

    static FeedVersions of(List<CatalogEntry> entries) {
        return new FeedVersions(entries.stream()
                .filter(entry -> model(entry).isPresent())
                .sorted(NEWEST_FIRST)
                .collect(Collectors.groupingBy(entry -> model(entry).orElseThrow())));
    }

    /** The other versions of an entry's model, the newest first. */
    List<CatalogEntry> others(CatalogEntry entry) {
        return model(entry).map(model -> versions.getOrDefault(model, List.of())).orElse(List.of()).stream()
                .filter(other -> !other.key().equals(entry.key()))
                .toList();
    }

    /** What the versions of a model have in common; of a stored entry, only the key is known. */
    private static Optional<String> model(CatalogEntry entry) {
        String id = entry.origin().id();
        if (entry.origin().kind() != EntryOrigin.Kind.REGISTRY) {
            return Optional.empty();
        }
        if (id.startsWith(STORED)) {
            return Optional.of(STORED + entry.key().first());
        }
        int end = id.lastIndexOf('/');
        return end < 0 ? Optional.empty() : Optional.of(id.substring(0, end));
    }

    private static Instant lastUpdate(CatalogEntry entry) {
        return entry.lastUpdate() == null ? Instant.MIN : entry.lastUpdate();
    }

    /** Registries count upwards; what is no number counts as none. */
    private static BigInteger versionId(CatalogEntry entry) {
        String id = entry.origin().id();
        String version = id.substring(id.lastIndexOf('/') + 1);
        return version.matches("[0-9]{1,40}") ? new BigInteger(version) : BigInteger.ZERO;
    }
}
