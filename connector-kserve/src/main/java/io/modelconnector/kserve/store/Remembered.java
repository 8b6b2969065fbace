package io.modelconnector.kserve.store;

import org.jspecify.annotations.Nullable;

/**
 * An entry that is in no ConfigMap, or in none as it is now.
 *
 * @param kept the entry
 * @param problem why no ConfigMap takes it; null if it was in one that is gone, and is to be put into another
 */
record Remembered(KeptEntry kept, @Nullable String problem) {}
