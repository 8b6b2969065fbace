package io.modelconnector.core.store;

import static java.util.Objects.requireNonNull;

/**
 * Under which location a portal was told of an entry, where entries are pushed to it.
 *
 * @param locationId the id that the portal gave the location; empty if it was not told
 * @param target the URL that the portal was given; empty if it was not told
 * @param valid whether the portal is believed to have the location
 */
public record PortalRegistration(String locationId, String target, boolean valid) {
    /** Not registered. */
    public static final PortalRegistration NONE = new PortalRegistration("", "", false);

    /** Checks that nothing is null. */
    public PortalRegistration {
        requireNonNull(locationId, "locationId");
        requireNonNull(target, "target");
    }
}
