package io.modelconnector.rhoai.client;

import java.time.Duration;

/** Hears of each request that was sent to a registry or the catalog, for metrics. Called from any thread; must return at once. */
@FunctionalInterface
public interface UpstreamListener {
    /**
     * A request has ended. One that is tried again is told once for each try.
     *
     * @param upstream the registry's name, or {@value ModelCatalogClient#NAME}
     * @param outcome the HTTP status, for instance {@code 200}; {@code failed} if there was no answer or it could not be
     *     read; {@code cancelled} if it was given up
     * @param took how long it took, with reading the answer
     */
    void requested(String upstream, String outcome, Duration took);
}
