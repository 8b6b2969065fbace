package io.modelconnector.kserve.store;

/** What is kept in memory of a value in a ConfigMap. */
interface StoredValue<V extends StoredValue<V>> {
    /** The length of the value in the ConfigMap. */
    int bytes();

    /** Whether it says that it is newer than another value of its key. */
    boolean isNewerThan(V other);

    /** Whether it makes no difference which of the two is stored. */
    boolean sameAs(V other);
}
