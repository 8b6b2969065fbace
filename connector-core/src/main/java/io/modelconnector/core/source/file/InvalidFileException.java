package io.modelconnector.core.source.file;

/** The file as a whole cannot be used. Line and column count from 1; column 0 stands for the whole line. */
final class InvalidFileException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidFileException(int line, int column, String message) {
        super("line " + line + (column > 0 ? ", column " + column : "") + ": " + message);
    }
}
