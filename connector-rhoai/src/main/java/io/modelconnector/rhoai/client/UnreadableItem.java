package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An item of a list that makes no sense, for instance because its name is a number. The others are read all the same.
 *
 * @param collection the collection that it is in, as the API calls it, for instance {@code model_versions}
 * @param id its id; null if that is what is wrong
 * @param registeredModelId the id of the registered model that it names, if it does
 * @param reason what is wrong with it
 */
public record UnreadableItem(
        String collection, @Nullable String id, @Nullable String registeredModelId, String reason) {
    /** Checks what is required. */
    public UnreadableItem {
        requireNonNull(collection, "collection");
        requireNonNull(reason, "reason");
    }
}
