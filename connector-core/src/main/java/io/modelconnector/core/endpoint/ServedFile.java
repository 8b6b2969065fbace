package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.format.FeedFormat;

/**
 * One of the files in which each entry is served: the last segment of its path, and what is in it. Immutable and
 * thread-safe.
 *
 * @param name its name, for instance {@code model-catalog.json}
 * @param contentType its media type
 */
public record ServedFile(String name, String contentType) {
    /** Checks that nothing is null. */
    public ServedFile {
        requireNonNull(name, "name");
        requireNonNull(contentType, "contentType");
    }

    /** The file of a format. */
    public static ServedFile of(FeedFormat format) {
        return new ServedFile(format.fileName(), format.contentType());
    }
}
