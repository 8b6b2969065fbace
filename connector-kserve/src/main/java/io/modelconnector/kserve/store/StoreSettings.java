package io.modelconnector.kserve.store;

import io.modelconnector.kserve.internal.WatchSettings;
import java.time.Clock;
import java.time.Duration;

/**
 * How a store works.
 *
 * @param namespace the namespace of its ConfigMaps
 * @param name the name of the first one
 * @param maxMapBytes how much the keys and values of one may take
 * @param maxCardBytes how much the cards in all of them may take, compressed
 * @param fillingDeadline how long a store that has entries waits for a key set before it counts as complete
 * @param linger how long a change waits for others to be made together with it
 * @param calls timeouts, time, chance and waiting
 * @param clock says when a card changed
 */
record StoreSettings(
        String namespace,
        String name,
        int maxMapBytes,
        int maxCardBytes,
        Duration fillingDeadline,
        Duration linger,
        WatchSettings calls,
        Clock clock) {}
