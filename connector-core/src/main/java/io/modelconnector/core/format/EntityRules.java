package io.modelconnector.core.format;

import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.internal.WebUrl;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Backstage demands of the parts of an entity, and how what it would refuse is mended. A part of which nothing is left is
 * left out; so is what cannot be mended without saying something else.
 *
 * <ul>
 *   <li>Name: letters, digits, {@code -}, {@code _} and {@code .}, at most 63 characters, a letter or a digit at both ends.
 *       Each run of other characters becomes one {@code -}, the ends are trimmed, and a hash of what it was is added, so that
 *       two names do not become one by being mended
 *   <li>Namespace: lower-case letters and digits, joined by single hyphens, at most 63 characters. Mended likewise, without a
 *       hash
 *   <li>Tag: parts of {@code [a-z0-9:+#]}, joined by single hyphens, at most 63 characters. Put in lower case; mended likewise
 *   <li>Label value: as a name; mended likewise, without a hash
 *   <li>Key of a label or an annotation: a name, after a DNS name and a slash if there is a prefix; left out otherwise, and so
 *       are the keys by which Backstage says where an entity comes from
 *   <li>Link: what a browser takes for an absolute URL, and no script; left out otherwise
 *   <li>Reference: {@code kind:namespace/name}. The namespace is {@code default} unless it is named; the parts are mended as
 *       above
 *   <li>Text that has to be there: what stands for it if it is blank
 * </ul>
 *
 * <p>Half a surrogate pair, which is no character, becomes U+FFFD in every text.
 */
final class EntityRules {
    static final String DEFAULT_NAMESPACE = "default";

    private static final int MAX_LENGTH = 63;
    private static final int MAX_PREFIX_LENGTH = 253;
    private static final int HASH_LENGTH = 8;
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern NOT_IN_NAME = Pattern.compile("[^-A-Za-z0-9_.]+");
    private static final Pattern ENDS_OF_NAME = Pattern.compile("^[-_.]+|[-_.]+$");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern NOT_IN_NAMESPACE = Pattern.compile("[^a-z0-9]+");
    private static final Pattern TAG = Pattern.compile("[a-z0-9:+#]+(-[a-z0-9:+#]+)*");
    private static final Pattern NOT_IN_TAG = Pattern.compile("[^a-z0-9:+#]+");
    private static final Pattern OUTER_HYPHENS = Pattern.compile("^-+|-+$");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]+(-+[a-z0-9]+)*");
    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");
    private static final Pattern REFERENCE = Pattern.compile("(?:([^:/]+):)?(?:([^:/]+)/)?([^:/]+)");
    private static final Set<String> SCRIPTS = Set.of("javascript", "vbscript", "data");
    private static final String SET_BY_BACKSTAGE = "backstage.io/managed-by-";

    private EntityRules() {}

    static boolean isName(String text) {
        return text.length() <= MAX_LENGTH && NAME.matcher(text).matches();
    }

    /** The name of an entity; null if nothing is left of it. */
    static @Nullable String name(String text) {
        if (isName(text)) {
            return text;
        }
        String mended = inName(text, MAX_LENGTH - 1 - HASH_LENGTH);
        return mended.isEmpty()
                ? null
                : mended + '-' + ContentDigest.of(WellFormed.text(text)).substring(0, HASH_LENGTH);
    }

    /** The namespace of an entity; null if nothing is left of it. */
    static @Nullable String namespace(String text) {
        if (text.length() <= MAX_LENGTH && NAMESPACE.matcher(text).matches()) {
            return text;
        }
        return orNull(hyphenated(text.toLowerCase(Locale.ROOT), NOT_IN_NAMESPACE));
    }

    /** A tag; null if nothing is left of it. */
    static @Nullable String tag(String text) {
        if (text.length() <= MAX_LENGTH && TAG.matcher(text).matches()) {
            return text;
        }
        return orNull(hyphenated(text.toLowerCase(Locale.ROOT), NOT_IN_TAG));
    }

    /** The value of a label; null if nothing is left of it. */
    static @Nullable String labelValue(String text) {
        return isName(text) ? text : orNull(inName(text, MAX_LENGTH));
    }

    /** Whether a label or an annotation may have this key. */
    static boolean isKey(String key) {
        int slash = key.indexOf('/');
        return isName(key.substring(slash + 1))
                && (slash < 0 || isDnsName(key.substring(0, slash)))
                && !key.startsWith(SET_BY_BACKSTAGE);
    }

    /** Whether a portal takes a URL for a link, and shows it as one. */
    static boolean isLink(String url) {
        String scheme = WebUrl.scheme(url);
        return scheme != null && !SCRIPTS.contains(scheme);
    }

    /** The text, or what stands for it if it is blank: Backstage refuses an entity without it. */
    static String required(String text, String substitute) {
        return isBlank(text) ? substitute : WellFormed.text(text);
    }

    /**
     * A reference to an entity, in full.
     *
     * @param text the reference, as somebody wrote it
     * @param kind the kind that is meant where it names none, in lower case
     * @return {@code kind:namespace/name}; null if it is no reference
     */
    static @Nullable String reference(String text, String kind) {
        Matcher parts = REFERENCE.matcher(text.strip());
        if (!parts.matches()) {
            return null;
        }
        String namedKind = parts.group(1) == null ? kind : parts.group(1);
        String namespace = parts.group(2) == null ? DEFAULT_NAMESPACE : namespace(parts.group(2));
        String name = name(parts.group(3));
        return KIND.matcher(namedKind).matches() && namespace != null && name != null
                ? namedKind.toLowerCase(Locale.ROOT) + ':' + namespace + '/' + name
                : null;
    }

    /** Whether a text says nothing, also to a portal, which takes more characters for white space than Java does. */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xfeff);
    }

    private static boolean isDnsName(String text) {
        if (text.length() > MAX_PREFIX_LENGTH) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            if (label.length() > MAX_LENGTH || !DNS_LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String inName(String text, int length) {
        String replaced = NOT_IN_NAME.matcher(text).replaceAll("-");
        String trimmed = ENDS_OF_NAME.matcher(replaced).replaceAll("");
        return ENDS_OF_NAME.matcher(cut(trimmed, length)).replaceAll("");
    }

    private static String hyphenated(String text, Pattern foreign) {
        String replaced = foreign.matcher(text).replaceAll("-");
        String trimmed = OUTER_HYPHENS.matcher(replaced).replaceAll("");
        return OUTER_HYPHENS.matcher(cut(trimmed, MAX_LENGTH)).replaceAll("");
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
