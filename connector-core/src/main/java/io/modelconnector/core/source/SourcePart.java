package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a source that is read, or fails, as a whole.
 *
 * @param name its name in the source, for instance the registry's; {@value #ONLY} for the only part of a simple source
 * @param modelVersions the registered versions; empty if the part failed
 * @param servedModels the served models; empty if the part failed
 * @param problems the items that could not be read. If a problem's item is the id of a fact that the feed has and that is
 *     missing here, the feed keeps that fact
 * @param failure why the part could not be read; null if it was read completely
 */
public record SourcePart(
        String name,
        List<RegisteredModelVersion> modelVersions,
        List<ServedModel> servedModels,
        List<Problem> problems,
        @Nullable ConnectorException failure) {
    /** The name of the only part of a source that has no parts of its own. */
    public static final String ONLY = "all";

    /** Copies the lists. */
    public SourcePart {
        requireNonNull(name, "name");
        modelVersions = List.copyOf(modelVersions);
        servedModels = List.copyOf(servedModels);
        problems = List.copyOf(problems);
    }

    /**
     * A part that was read to its end.
     *
     * @param name its name
     * @param modelVersions all registered versions in it
     * @param servedModels all served models in it
     * @param problems the items in it that could not be read
     */
    public static SourcePart complete(
            String name,
            List<RegisteredModelVersion> modelVersions,
            List<ServedModel> servedModels,
            List<Problem> problems) {
        return new SourcePart(name, modelVersions, servedModels, problems, null);
    }

    /**
     * A part that could not be read, or not to its end. What the feed has of it stays.
     *
     * @param name its name
     * @param failure why
     */
    public static SourcePart failed(String name, ConnectorException failure) {
        return new SourcePart(name, List.of(), List.of(), List.of(), requireNonNull(failure, "failure"));
    }

    /** Whether it was read to its end, so that what is missing in it is gone. */
    public boolean isComplete() {
        return failure == null;
    }
}
