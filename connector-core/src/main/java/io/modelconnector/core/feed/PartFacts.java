package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The facts of a part: what the last complete read had, and what is kept of earlier ones. A read that finds the same facts
 * keeps the object, so that identity, which is its equality, tells cheaply whether something changed.
 */
final class PartFacts {
    private static final int UNCOUNTED = -1;

    static final PartFacts NONE = new PartFacts(List.of(), List.of(), List.of(), List.of(), List.of());

    private final List<RegisteredModelVersion> modelVersions;
    private final List<ServedModel> servedModels;
    private final List<RegisteredModelVersion> keptVersions;
    private final List<ServedModel> keptServed;
    private final List<Problem> problems;
    private int visible = UNCOUNTED;

    private PartFacts(
            List<RegisteredModelVersion> modelVersions,
            List<ServedModel> servedModels,
            List<RegisteredModelVersion> keptVersions,
            List<ServedModel> keptServed,
            List<Problem> problems) {
        this.modelVersions = List.copyOf(modelVersions);
        this.servedModels = List.copyOf(servedModels);
        this.keptVersions = List.copyOf(keptVersions);
        this.keptServed = List.copyOf(keptServed);
        this.problems = List.copyOf(problems);
    }

    /** What a complete read had. */
    static PartFacts read(
            List<RegisteredModelVersion> modelVersions, List<ServedModel> servedModels, List<Problem> problems) {
        return new PartFacts(modelVersions, servedModels, List.of(), List.of(), problems);
    }

    /** These facts, with some of earlier ones in place of what the read has, or has not, under the same ids. */
    PartFacts keeping(PartFacts earlier, Set<String> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        List<RegisteredModelVersion> versions = new ArrayList<>(modelVersions);
        List<ServedModel> served = new ArrayList<>(servedModels);
        versions.removeIf(version -> ids.contains(version.id()));
        served.removeIf(model -> ids.contains(model.id()));
        List<RegisteredModelVersion> versionsToKeep = new ArrayList<>(earlier.modelVersions);
        List<ServedModel> servedToKeep = new ArrayList<>(earlier.servedModels);
        versionsToKeep.addAll(earlier.keptVersions);
        servedToKeep.addAll(earlier.keptServed);
        versionsToKeep.removeIf(version -> !ids.contains(version.id()));
        servedToKeep.removeIf(model -> !ids.contains(model.id()));
        return new PartFacts(versions, served, versionsToKeep, servedToKeep, problems);
    }

    /** What the last complete read had, except where something is kept in its place. */
    List<RegisteredModelVersion> modelVersions() {
        return modelVersions;
    }

    /** What the last complete read had, except where something is kept in its place. */
    List<ServedModel> servedModels() {
        return servedModels;
    }

    /** What earlier reads had and is kept. */
    List<RegisteredModelVersion> keptVersions() {
        return keptVersions;
    }

    /** What earlier reads had and is kept. */
    List<ServedModel> keptServed() {
        return keptServed;
    }

    List<Problem> problems() {
        return problems;
    }

    boolean isEmpty() {
        return modelVersions.isEmpty() && servedModels.isEmpty() && keptVersions.isEmpty() && keptServed.isEmpty();
    }

    /** The ids of all facts, kept ones included. */
    Set<String> ids() {
        Set<String> ids = new HashSet<>();
        modelVersions.forEach(version -> ids.add(version.id()));
        keptVersions.forEach(version -> ids.add(version.id()));
        servedModels.forEach(model -> ids.add(model.id()));
        keptServed.forEach(model -> ids.add(model.id()));
        return ids;
    }

    /** The ids of all facts that may be seen in the feed: versions that are not archived, served models that are ready. */
    Set<String> visibleIds() {
        Set<String> ids = new HashSet<>();
        modelVersions.forEach(version -> addVisible(version, ids));
        keptVersions.forEach(version -> addVisible(version, ids));
        servedModels.forEach(model -> addVisible(model, ids));
        keptServed.forEach(model -> addVisible(model, ids));
        return ids;
    }

    /** How many facts may be seen in the feed. Counted once: an object lives for as many reads as find the same. */
    int visible() {
        int counted = visible;
        if (counted == UNCOUNTED) {
            counted = visibleIds().size();
            visible = counted;
        }
        return counted;
    }

    boolean sameAs(PartFacts other) {
        return modelVersions.equals(other.modelVersions)
                && servedModels.equals(other.servedModels)
                && keptVersions.equals(other.keptVersions)
                && keptServed.equals(other.keptServed)
                && problems.equals(other.problems);
    }

    private static void addVisible(RegisteredModelVersion version, Set<String> ids) {
        if (!version.model().archived() && !version.version().archived()) {
            ids.add(version.id());
        }
    }

    private static void addVisible(ServedModel model, Set<String> ids) {
        if (model.ready()) {
            ids.add(model.id());
        }
    }
}
