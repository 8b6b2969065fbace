package io.modelconnector.examples.sidecars.backstage;

/**
 * A location that a Backstage catalog has registered.
 *
 * @param id its id there
 * @param type which of Backstage's providers reads it
 * @param target its URL
 */
record CatalogLocation(String id, String type, String target) {
    /** The type of the locations that we register. */
    static final String TYPE = "rhdh-rhoai-bridge";
}
