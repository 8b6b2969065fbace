package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is published. Absent optional fields are left out of the document.
 *
 * @param name the name, unique in the feed without regard to case
 * @param owner the owner: a bare name, never an entity reference
 * @param description what it is and what it is for
 * @param lifecycle its lifecycle, for instance {@code production}
 * @param artifactLocationUrl where its artifacts are
 * @param ethics ethical considerations
 * @param howToUseUrl where its documentation is
 * @param license its licence, by name
 * @param support where to get support
 * @param training how it was trained
 * @param usage how to use it
 * @param tags its tags, sorted; left out of the document when empty
 * @param annotations its annotations; left out of the document when empty
 * @param traits by what people look for it; not in the document, but in formats that can say it
 */
public record Model(
        String name,
        String owner,
        String description,
        String lifecycle,
        @Nullable String artifactLocationUrl,
        @Nullable String ethics,
        @Nullable String howToUseUrl,
        @Nullable String license,
        @Nullable String support,
        @Nullable String training,
        @Nullable String usage,
        List<String> tags,
        Map<String, String> annotations,
        ModelTraits traits) {
    /** Copies tags and annotations and checks what is required. */
    public Model {
        requireNonNull(name, "name");
        requireNonNull(owner, "owner");
        requireNonNull(description, "description");
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(traits, "traits");
        tags = List.copyOf(tags);
        annotations = Map.copyOf(annotations);
    }

    /**
     * Starts one from what the published schema requires.
     *
     * @param name the name, unique in the feed without regard to case
     * @param owner the owner: a bare name, never an entity reference
     * @param description what it is and what it is for
     * @param lifecycle its lifecycle, for instance {@code production}
     */
    public static Builder builder(String name, String owner, String description, String lifecycle) {
        return new Builder(name, owner, description, lifecycle);
    }

    /** Collects the optional fields of a {@link Model}; each may be given once or not at all. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String owner;
        private final String description;
        private final String lifecycle;
        private @Nullable String artifactLocationUrl;
        private @Nullable String ethics;
        private @Nullable String howToUseUrl;
        private @Nullable String license;
        private @Nullable String support;
        private @Nullable String training;
        private @Nullable String usage;
        private List<String> tags = List.of();
        private Map<String, String> annotations = Map.of();
        private ModelTraits traits = ModelTraits.none();

        private Builder(String name, String owner, String description, String lifecycle) {
            this.name = requireNonNull(name, "name");
            this.owner = requireNonNull(owner, "owner");
            this.description = requireNonNull(description, "description");
            this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        }

        /** Sets where its artifacts are. */
        public Builder artifactLocationUrl(@Nullable String artifactLocationUrl) {
            this.artifactLocationUrl = artifactLocationUrl;
            return this;
        }

        /** Sets ethical considerations. */
        public Builder ethics(@Nullable String ethics) {
            this.ethics = ethics;
            return this;
        }

        /** Sets where its documentation is. */
        public Builder howToUseUrl(@Nullable String howToUseUrl) {
            this.howToUseUrl = howToUseUrl;
            return this;
        }

        /** Sets its licence, by name. */
        public Builder license(@Nullable String license) {
            this.license = license;
            return this;
        }

        /** Sets where to get support. */
        public Builder support(@Nullable String support) {
            this.support = support;
            return this;
        }

        /** Sets how it was trained. */
        public Builder training(@Nullable String training) {
            this.training = training;
            return this;
        }

        /** Sets how to use it. */
        public Builder usage(@Nullable String usage) {
            this.usage = usage;
            return this;
        }

        /** Sets its tags, sorted; left out of the document when empty. */
        public Builder tags(List<String> tags) {
            this.tags = tags;
            return this;
        }

        /** Sets its annotations; left out of the document when empty. */
        public Builder annotations(Map<String, String> annotations) {
            this.annotations = annotations;
            return this;
        }

        /** Sets by what people look for it; by default nothing. */
        public Builder traits(ModelTraits traits) {
            this.traits = requireNonNull(traits, "traits");
            return this;
        }

        /** Makes the record. */
        public Model build() {
            return new Model(
                    name,
                    owner,
                    description,
                    lifecycle,
                    artifactLocationUrl,
                    ethics,
                    howToUseUrl,
                    license,
                    support,
                    training,
                    usage,
                    tags,
                    annotations,
                    traits);
        }
    }
}
