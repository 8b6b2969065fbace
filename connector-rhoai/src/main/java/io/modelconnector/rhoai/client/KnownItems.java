package io.modelconnector.rhoai.client;

/** What a caller of {@link ModelRegistryClient#changes(KnownItems)} knows already. Called from several threads at once. */
public interface KnownItems {
    /** Whether exactly this item is known, with the same fields. */
    boolean isKnown(Listed item);

    /** Whether it is known that this item makes no sense. */
    boolean isKnown(UnreadableItem item);
}
