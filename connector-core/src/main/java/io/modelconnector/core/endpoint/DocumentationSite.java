package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.format.Payload;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The source tree of a documentation site, as a repository would have it. Immutable and thread-safe.
 *
 * @param revision 40 lower-case hexadecimal digits, as a commit's; it changes exactly when a file of the site does
 * @param archive gives the files as {@code tar.gz}, in one directory whose name readers strip: the same bytes for the same
 *     revision. Asked for when somebody downloads it, which is seldom
 */
public record DocumentationSite(String revision, Supplier<Payload> archive) {
    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{40}");

    /**
     * Checks the revision.
     *
     * @throws IllegalArgumentException if it is not 40 lower-case hexadecimal digits
     */
    public DocumentationSite {
        requireNonNull(archive, "archive");
        if (!REVISION.matcher(revision).matches()) {
            throw new IllegalArgumentException(
                    "a site's revision is 40 lower-case hexadecimal digits, but was \"" + revision + '"');
        }
    }
}
