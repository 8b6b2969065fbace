package io.modelconnector.core.source.file;

/** One item of the file cannot be used. */
final class InvalidItemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String fault;

    InvalidItemException(int line, String fault) {
        super(fault);
        this.line = line;
        this.fault = fault;
    }

    /** Where in the file the fault is. */
    int line() {
        return line;
    }

    /** What is wrong. */
    String fault() {
        return fault;
    }
}
