package io.modelconnector.examples.sidecars.http;

/** Is told of every answer; called on the thread that answers, so it has to return at once. */
@FunctionalInterface
public interface RequestObserver {
    /** Takes no notice. */
    RequestObserver NONE = (route, status) -> {};

    /**
     * Takes notice of an answer.
     *
     * @param route what was asked for
     * @param status the status code of the answer
     */
    void answered(Route route, int status);
}
