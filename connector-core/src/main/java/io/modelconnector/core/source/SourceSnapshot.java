package io.modelconnector.core.source;

import io.modelconnector.core.ConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a source knew at one moment, in parts that fail independently of each other: one for each registry, say. A
 * source that is one thing makes one part, with {@link #builder()}.
 *
 * <p>A part that an earlier snapshot had and this one does not have is gone, with its entries. A part that merely cannot
 * be read has to be in the snapshot as {@linkplain SourcePart#failed failed}.
 *
 * @param parts the parts, with distinct names
 */
public record SourceSnapshot(List<SourcePart> parts) {
    /**
     * Copies the list.
     *
     * @throws ConfigurationException if two parts have one name
     */
    public SourceSnapshot {
        parts = List.copyOf(parts);
        Set<String> names = new HashSet<>();
        for (SourcePart part : parts) {
            if (!names.add(part.name())) {
                throw new ConfigurationException("two parts of a source snapshot are named \"" + part.name() + '"');
            }
        }
    }

    /** Starts a complete snapshot of one part. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the facts of a complete snapshot of one part. Not thread-safe. */
    public static final class Builder {
        private final List<RegisteredModelVersion> modelVersions = new ArrayList<>();
        private final List<ServedModel> servedModels = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        private Builder() {}

        /** Adds a registered version. */
        public Builder modelVersion(RegisteredModelVersion version) {
            modelVersions.add(version);
            return this;
        }

        /** Adds a served model. */
        public Builder servedModel(ServedModel served) {
            servedModels.add(served);
            return this;
        }

        /** Adds an item that could not be read. */
        public Builder problem(Problem problem) {
            problems.add(problem);
            return this;
        }

        /** Makes the snapshot. */
        public SourceSnapshot build() {
            return new SourceSnapshot(
                    List.of(SourcePart.complete(SourcePart.ONLY, modelVersions, servedModels, problems)));
        }
    }
}
