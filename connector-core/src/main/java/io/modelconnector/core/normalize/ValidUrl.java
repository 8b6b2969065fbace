package io.modelconnector.core.normalize;

import io.modelconnector.core.internal.WebUrl;
import org.jspecify.annotations.Nullable;

/** Leaves out what is no URL: a portal refuses an entity as a whole for one link like that. */
final class ValidUrl {
    private ValidUrl() {}

    /**
     * The text itself if it is a valid URL; otherwise null, and a problem.
     *
     * @param what what is left out of the entry if it is not
     * @param text what might be a URL; left out of the problem, since it may hold a password
     * @param item the item that the problem is about
     */
    static @Nullable String orNull(String what, String text, String item, Problems problems) {
        if (WebUrl.isValid(text)) {
            return text;
        }
        problems.add(
                item,
                what + " is left out: it is not an absolute URL, and one bad link makes a portal refuse the whole"
                        + " entity. Write it like https://example.com/docs or s3://bucket/path");
        return null;
    }
}
