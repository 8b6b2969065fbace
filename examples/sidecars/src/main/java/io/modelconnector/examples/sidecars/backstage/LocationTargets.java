package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.EntryKey;
import java.net.URI;

/** The URLs of the locations that are ours. Immutable. */
final class LocationTargets {
    private final String base;
    private final String fileName;

    /**
     * Takes the base that entries are served under.
     *
     * @param publicBase the base URL, as Backstage reaches it
     * @param fileName the last segment of an entry's path
     * @throws ConfigurationException if the base is no http or https URL
     */
    LocationTargets(URI publicBase, String fileName) {
        String scheme = publicBase.getScheme();
        if (publicBase.getHost() == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new ConfigurationException("publicBase was \"" + publicBase + "\", must be an http or https URL");
        }
        this.base = publicBase.toString().replaceAll("/+$", "") + '/';
        this.fileName = fileName;
    }

    /** Where Backstage reads an entry. */
    String of(EntryKey key) {
        return base + key.path(fileName).substring(1);
    }

    /**
     * Whether a location was registered by us, or by another connector in our place: for an entry that there is or was, in
     * whatever format.
     */
    boolean isOurs(CatalogLocation location) {
        if (!location.type().equals(CatalogLocation.TYPE) || !location.target().startsWith(base)) {
            return false;
        }
        // Another connector's base may start with ours.
        String[] segments = location.target().substring(base.length()).split("/", -1);
        return segments.length == 3
                && EntryKey.isSegment(segments[0])
                && EntryKey.isSegment(segments[1])
                && !segments[2].isEmpty();
    }
}
