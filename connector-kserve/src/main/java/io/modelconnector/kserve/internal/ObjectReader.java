package io.modelconnector.kserve.internal;

import org.jspecify.annotations.Nullable;

/**
 * Takes from an object what is worth keeping, so that caches hold small records and not whole objects.
 *
 * @param <T> what is kept; its {@code equals} decides whether an object changed
 */
@FunctionalInterface
public interface ObjectReader<T> {
    /**
     * Reads an object.
     *
     * @param object the object
     * @return what to keep; null if the object is of no interest
     * @throws io.modelconnector.core.MalformedResponseException if it is not what its kind promises
     */
    @Nullable
    T read(Fields object);
}
