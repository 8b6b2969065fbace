package io.modelconnector.kserve.store;

/**
 * A value to write.
 *
 * @param value what is kept of it in memory
 * @param bytes the value itself
 */
@SuppressWarnings("ArrayRecordComponent")
record Put<V>(V value, byte[] bytes) {}
