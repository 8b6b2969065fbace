package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.ModelTraits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one entry before it has names of its own. */
interface EntryFacts {
    Identity identity();

    EntryOrigin.Kind kind();

    /** The key that it has if nobody older has it. */
    EntryKey wantedKey();

    /** The model name that it has if nobody older has it. */
    String wantedModelName();

    /**
     * The name of the model where it is served or registered, for the annotation.
     *
     * @param modelName the name that it is published under
     */
    String annotatedModelName(String modelName);

    /** The value of a field that the author may set; null if it is absent or blank. */
    @Nullable
    String get(Property property);

    /** The owner that the facts name, if they name one. */
    @Nullable
    Owner owner();

    String description();

    @Nullable
    String artifactUri();

    List<String> tags();

    @Nullable
    CardVersion card();

    /**
     * By what people look for the model.
     *
     * @param tags its tags
     */
    ModelTraits traits(List<String> tags);

    @Nullable
    Instant lastUpdate();

    @Nullable
    Server server();
}
