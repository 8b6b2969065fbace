package io.modelconnector.rhoai;

import io.modelconnector.core.source.Problem;
import io.modelconnector.rhoai.client.ListedVersion;
import io.modelconnector.rhoai.client.UnreadableItem;
import org.jspecify.annotations.Nullable;

/** Words for what is wrong with single items of a registry. They stay the same for as long as the fault does. */
final class RegistryProblems {
    private RegistryProblems() {}

    /** The id of the fact that a version makes. */
    static String id(String registry, ListedVersion version) {
        return registry + '/' + version.registeredModelId() + '/' + version.id();
    }

    static Problem of(String registry, UnreadableItem item) {
        String id = item.id() == null ? "an item without a usable id" : item.id();
        boolean isVersion = item.collection().equals("model_versions") && item.registeredModelId() != null;
        String name = isVersion
                ? registry + '/' + item.registeredModelId() + '/' + id
                : registry + '/' + item.collection() + '/' + id;
        return new Problem(
                name,
                "the registry's answer about it makes no sense: " + item.reason()
                        + (item.id() == null
                                ? "; nothing is taken for removed until it is repaired"
                                : "; it stays as it was, or is left out if it never made sense; repair it in the registry"));
    }

    static Problem ofMissingModel(String registry, ListedVersion version) {
        return new Problem(
                id(registry, version),
                "its registered model " + version.registeredModelId() + " does not exist, or cannot be read");
    }

    static Problem ofArtifacts(String registry, ListedVersion version, VersionArtifacts artifacts, ReadFault fault) {
        return new Problem(
                id(registry, version),
                (artifacts.wasRead()
                                ? "its artifacts cannot be read, the last known ones are kept: "
                                : "its artifacts cannot be read, it is published without: ")
                        + fault.message());
    }

    static Problem ofFlatArtifacts(String registry, String failure) {
        return new Problem(registry + "/artifacts", "changes of artifacts are not noticed at the moment: " + failure);
    }

    static Problem ofLostService(
            String registry, String service, @Nullable String versionId, @Nullable String modelId) {
        String what = versionId != null ? "model version " + versionId : "registered model " + modelId;
        return new Problem(
                registry + "/inference_services/" + service,
                "it serves " + what + ", which does not exist, or has no live version; it is left out");
    }
}
