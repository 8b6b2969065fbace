package io.modelconnector.core.entity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the forms of a {@link TechDocsUrl} are told apart. */
final class TechDocsUrlForms {
    private static final Pattern LOCATION = Pattern.compile("(.*)/modelcard");
    private static final Pattern LOCATION_QUERY = Pattern.compile("key=([^&]*)");
    private static final Pattern CONNECTOR = Pattern.compile("(.*?)/modelcard/([^/]+)/([^/]+)/(.+)");
    private static final Pattern GITEA =
            Pattern.compile("(.*)/([^/]+)/([^/]+)/src/branch/" + TechDocsUrl.GiteaSite.BRANCH);

    private TechDocsUrlForms() {}

    static Optional<TechDocsUrl> parse(String origin, String rawPath, @Nullable String rawQuery) {
        try {
            return rawQuery == null ? withoutQuery(origin, rawPath) : location(origin, rawPath, rawQuery);
        } catch (IllegalArgumentException e) {
            // An encoding that is none, or segments that no entry has: it is some other address.
            return Optional.empty();
        }
    }

    private static Optional<TechDocsUrl> location(String origin, String rawPath, String rawQuery) {
        Matcher path = LOCATION.matcher(rawPath);
        Matcher query = LOCATION_QUERY.matcher(rawQuery);
        return path.matches() && query.matches()
                ? Optional.of(new TechDocsUrl.LocationCard(
                        origin + path.group(1), URLDecoder.decode(query.group(1), StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static Optional<TechDocsUrl> withoutQuery(String origin, String rawPath) {
        Matcher connector = CONNECTOR.matcher(rawPath);
        if (connector.matches()) {
            ModelCardReference card = new ModelCardReference(
                    decode(connector.group(2)), decode(connector.group(3)), decode(connector.group(4)));
            return Optional.of(new TechDocsUrl.ConnectorCard(origin + connector.group(1), card));
        }
        Matcher gitea = GITEA.matcher(rawPath);
        if (gitea.matches()) {
            EntryKey entry = new EntryKey(decode(gitea.group(2)), decode(gitea.group(3)));
            return Optional.of(new TechDocsUrl.GiteaSite(origin + gitea.group(1), entry));
        }
        return Optional.empty();
    }

    /** In a path, a plus sign is one. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
