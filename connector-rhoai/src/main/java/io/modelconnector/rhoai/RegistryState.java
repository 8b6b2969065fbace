package io.modelconnector.rhoai;

import io.modelconnector.rhoai.client.Changes;
import io.modelconnector.rhoai.client.Listed;
import io.modelconnector.rhoai.client.ListedEnvironment;
import io.modelconnector.rhoai.client.ListedInferenceService;
import io.modelconnector.rhoai.client.ListedModel;
import io.modelconnector.rhoai.client.ListedVersion;
import io.modelconnector.rhoai.client.RegistryChanges;
import io.modelconnector.rhoai.client.RegistryContents;
import io.modelconnector.rhoai.client.UnreadableItem;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a registry but for the artifacts. Confined to one read at a time. */
final class RegistryState {
    private final KnownCollection<ListedModel> models = new KnownCollection<>();
    private final KnownCollection<ListedVersion> versions = new KnownCollection<>();
    private final KnownCollection<ListedInferenceService> services = new KnownCollection<>();
    private final KnownCollection<ListedEnvironment> environments = new KnownCollection<>();
    private @Nullable List<ListedVersion> oldestFirst;

    @Nullable
    ListedModel model(String id) {
        return models.get(id);
    }

    /** All versions, the oldest first. */
    List<ListedVersion> versions() {
        if (oldestFirst == null) {
            oldestFirst = versions.items().stream()
                    .sorted(Comparator.comparing(ListedVersion::id, RegistryIds.ORDER))
                    .toList();
        }
        return oldestFirst;
    }

    /** The versions that can have an entry, the oldest first. */
    List<ListedVersion> liveVersions() {
        return versions().stream().filter(this::isLive).toList();
    }

    Iterable<ListedInferenceService> services() {
        return services.items();
    }

    @Nullable
    ListedEnvironment environment(String id) {
        return environments.get(id);
    }

    Stream<UnreadableItem> unreadable() {
        return Stream.of(models, versions, services, environments)
                .flatMap(collection -> collection.unreadable().stream());
    }

    @Nullable
    ListedVersion version(String id) {
        return versions.get(id);
    }

    /** Whether a version can have an entry: neither it nor its model is archived. */
    boolean isLive(ListedVersion version) {
        ListedModel model = models.get(version.registeredModelId());
        return model != null && !model.model().archived() && !version.version().archived();
    }

    boolean isKnown(Listed item) {
        return models.isKnown(item) || versions.isKnown(item) || services.isKnown(item);
    }

    boolean isKnown(UnreadableItem item) {
        return models.isKnown(item) || versions.isKnown(item) || services.isKnown(item);
    }

    /** Whether these changes do not fit what is known, so that everything has to be read again. */
    boolean doubts(RegistryChanges changes) {
        return models.doubts(changes.models())
                || versions.doubts(changes.versions())
                || services.doubts(changes.inferenceServices())
                || namesUnknown(changes);
    }

    private boolean namesUnknown(RegistryChanges changes) {
        Set<String> newModels = ids(changes.models());
        Set<String> newVersions = ids(changes.versions());
        return changes.versions().items().stream().anyMatch(version -> {
                    ListedVersion before = versions.get(version.id());
                    String earlier = before == null ? null : before.registeredModelId();
                    return isNewAndUnknown(version.registeredModelId(), earlier, models, newModels);
                })
                || changes.inferenceServices().items().stream().anyMatch(service -> {
                    ListedInferenceService before = services.get(service.id());
                    return isNewAndUnknown(
                                    service.registeredModelId(),
                                    before == null ? null : before.registeredModelId(),
                                    models,
                                    newModels)
                            || isNewAndUnknown(
                                    service.modelVersionId(),
                                    before == null ? null : before.modelVersionId(),
                                    versions,
                                    newVersions)
                            || isNewAndUnknown(
                                    service.servingEnvironmentId(),
                                    before == null ? null : before.servingEnvironmentId(),
                                    environments,
                                    Set.of());
                });
    }

    /** A name that led nowhere before is no news. */
    private static boolean isNewAndUnknown(
            @Nullable String id, @Nullable String before, KnownCollection<?> known, Set<String> added) {
        return id != null && !id.equals(before) && !known.has(id) && !added.contains(id);
    }

    private static Set<String> ids(Changes<?> changes) {
        Set<String> ids = new HashSet<>();
        changes.items().forEach(item -> ids.add(item.id()));
        return ids;
    }

    void add(RegistryChanges changes) {
        models.add(changes.models());
        versions.add(changes.versions());
        services.add(changes.inferenceServices());
        if (!changes.versions().items().isEmpty()) {
            oldestFirst = null;
        }
    }

    /** Whether a version names a model that is not in the contents, and did not do so before: it may be newer than their list. */
    boolean missesModels(RegistryContents contents) {
        Set<String> listed = new HashSet<>();
        contents.models().items().forEach(model -> listed.add(model.id()));
        contents.models().unreadable().forEach(model -> listed.add(String.valueOf(model.id())));
        return contents.versions().items().stream()
                .anyMatch(version -> !listed.contains(version.registeredModelId())
                        && (!versions.has(version.id()) || models.has(version.registeredModelId())));
    }

    /** Whether a service names an environment that is not in the contents: it may be newer than their list. */
    static boolean missesEnvironments(RegistryContents contents) {
        Set<String> listed = new HashSet<>();
        contents.environments().items().forEach(environment -> listed.add(environment.id()));
        contents.environments().unreadable().forEach(environment -> listed.add(String.valueOf(environment.id())));
        return contents.inferenceServices().items().stream()
                .anyMatch(service ->
                        service.servingEnvironmentId() != null && !listed.contains(service.servingEnvironmentId()));
    }

    void replace(RegistryContents contents) {
        models.replace(contents.models());
        versions.replace(contents.versions());
        services.replace(contents.inferenceServices());
        environments.replace(contents.environments());
        oldestFirst = null;
    }
}
