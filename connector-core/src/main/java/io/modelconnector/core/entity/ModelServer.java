package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model server as it is published. Absent optional fields are left out of the document.
 *
 * @param name the name, unique in the feed without regard to case
 * @param owner the owner: a bare name, never an entity reference
 * @param description what it is and what it is for
 * @param lifecycle its lifecycle, for instance {@code production}
 * @param api how it is called
 * @param authentication whether callers have to authenticate
 * @param homepageUrl where its home page is
 * @param usage how to use it
 * @param tags its tags, sorted; left out of the document when empty
 * @param annotations its annotations; left out of the document when empty
 * @param declaration what its operators say of it; not in the document, but in formats that can say it
 */
public record ModelServer(
        String name,
        String owner,
        String description,
        String lifecycle,
        @Nullable ModelServerApi api,
        @Nullable Boolean authentication,
        @Nullable String homepageUrl,
        @Nullable String usage,
        List<String> tags,
        Map<String, String> annotations,
        ServerDeclaration declaration) {
    /** Copies tags and annotations and checks what is required. */
    public ModelServer {
        requireNonNull(name, "name");
        requireNonNull(owner, "owner");
        requireNonNull(description, "description");
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(declaration, "declaration");
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

    /** The same server with another API. */
    public ModelServer withApi(ModelServerApi other) {
        return new ModelServer(
                name,
                owner,
                description,
                lifecycle,
                other,
                authentication,
                homepageUrl,
                usage,
                tags,
                annotations,
                declaration);
    }

    /** Collects the optional fields of a {@link ModelServer}; each may be given once or not at all. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String owner;
        private final String description;
        private final String lifecycle;
        private @Nullable ModelServerApi api;
        private @Nullable Boolean authentication;
        private @Nullable String homepageUrl;
        private @Nullable String usage;
        private List<String> tags = List.of();
        private Map<String, String> annotations = Map.of();
        private ServerDeclaration declaration = ServerDeclaration.none();

        private Builder(String name, String owner, String description, String lifecycle) {
            this.name = requireNonNull(name, "name");
            this.owner = requireNonNull(owner, "owner");
            this.description = requireNonNull(description, "description");
            this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        }

        /** Sets how it is called. */
        public Builder api(@Nullable ModelServerApi api) {
            this.api = api;
            return this;
        }

        /** Sets whether callers have to authenticate. */
        public Builder authentication(@Nullable Boolean authentication) {
            this.authentication = authentication;
            return this;
        }

        /** Sets where its home page is. */
        public Builder homepageUrl(@Nullable String homepageUrl) {
            this.homepageUrl = homepageUrl;
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

        /** Sets what its operators say of it; by default nothing. */
        public Builder declaration(ServerDeclaration declaration) {
            this.declaration = requireNonNull(declaration, "declaration");
            return this;
        }

        /** Makes the record. */
        public ModelServer build() {
            return new ModelServer(
                    name,
                    owner,
                    description,
                    lifecycle,
                    api,
                    authentication,
                    homepageUrl,
                    usage,
                    tags,
                    annotations,
                    declaration);
        }
    }
}
