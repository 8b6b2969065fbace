package io.modelconnector.kserve.store;

import io.modelconnector.kserve.internal.ConfigMapVersion;
import java.util.Map;
import java.util.Set;

/**
 * A ConfigMap as it was read.
 *
 * @param version which state of it
 * @param filling whether it says that the store is being filled for the first time
 * @param textKeys the keys under {@code data}, which are not ours
 * @param textBytes how much those take, keys and values
 * @param values the values under {@code binaryData}
 */
record MapContent<V>(
        ConfigMapVersion version, boolean filling, Set<String> textKeys, long textBytes, Map<String, V> values) {}
