package io.modelconnector.examples.sidecars.http;

/** What was asked for, coarsely enough to be counted. */
public enum Route {
    /** The list of all entries. */
    LIST,
    /** An entry, or a path at which there is nothing. */
    ENTRY,
    /** A model card. */
    CARD,
    /** What newer portals read, with a token. */
    CONNECTOR,
    /** The entities for portals without a plugin. */
    BACKSTAGE,
    /** A documentation site. */
    SITE,
    /** The page for people. */
    PAGE,
    /** An entry is given. */
    UPSERT,
    /** An entry is taken away. */
    REMOVE,
    /** What is stored of an entry. */
    FETCH,
    /** What there is, so that the rest goes. */
    KEY_SET,
    /** A probe, on a port that is not only for operators. */
    PROBE;

    /** The route of a path as it is on the wire. */
    static Route of(String rawPath) {
        return switch (rawPath) {
            case "/" -> PAGE;
            case "/list" -> LIST;
            case "/modelcard" -> CARD;
            case "/upsert" -> UPSERT;
            case "/remove" -> REMOVE;
            case "/fetch" -> FETCH;
            case "/currentkeyset" -> KEY_SET;
            default -> below(rawPath);
        };
    }

    private static Route below(String rawPath) {
        if (rawPath.startsWith("/modelcard/")) {
            return CARD;
        }
        if (rawPath.startsWith("/api/v1/repos/")) {
            return SITE;
        }
        if (rawPath.startsWith("/api/")) {
            return CONNECTOR;
        }
        return rawPath.startsWith("/backstage/") ? BACKSTAGE : ENTRY;
    }
}
