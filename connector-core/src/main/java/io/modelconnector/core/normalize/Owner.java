package io.modelconnector.core.normalize;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An owner.
 *
 * @param name its bare name
 * @param reference the full entity reference, if the author gave one
 */
record Owner(String name, @Nullable String reference) {
    private static final Pattern REFERENCE =
            Pattern.compile("(user|group):([^:/]+/)?(?<name>[^:/]+)", Pattern.CASE_INSENSITIVE);

    /** Reads an owner; null if the text says nothing, or nothing that can be a name. */
    static @Nullable Owner of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        // Only users and groups are taken for references: OpenShift's own "kube:admin" is a user's name.
        Matcher reference = REFERENCE.matcher(text);
        boolean isReference = text.indexOf(':') > 0 && reference.matches();
        String name = Names.sanitize(isReference ? reference.group("name") : text);
        return name.isEmpty() ? null : new Owner(name, isReference ? text : null);
    }
}
