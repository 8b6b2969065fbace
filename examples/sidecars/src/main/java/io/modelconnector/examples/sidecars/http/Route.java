package io.modelconnector.examples.sidecars.http;

/** What was asked for, coarsely enough to be counted. */
public enum Route {
    /** The list of all entries. */
    LIST,
    /** An entry, or a path at which there is nothing. */
    ENTRY,
    /** A model card. */
    CARD;

    private static final String CARD_PATH = "/modelcard";

    static Route of(String rawPath) {
        if (rawPath.equals("/list")) {
            return LIST;
        }
        return rawPath.equals(CARD_PATH) ? CARD : ENTRY;
    }
}
