package io.modelconnector.examples.mlflow;

/** One item is not as MLflow promises. */
final class UnreadableItemException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableItemException(String message) {
        super(message);
    }
}
