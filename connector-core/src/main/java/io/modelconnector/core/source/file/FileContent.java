package io.modelconnector.core.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that may be of any size and kind. */
final class FileContent {
    private FileContent() {}

    /**
     * Reads a text.
     *
     * @param maxBytes the size to which it is read
     * @throws InvalidFileException if it is larger, or not UTF-8
     * @throws IOException if it cannot be read, see {@link #reason}
     */
    static String text(Path file, long maxBytes) throws IOException, InvalidFileException, InterruptedException {
        // Opening a pipe would wait for somebody to write into it.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "not a regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while reading " + file);
        }
        if (bytes.length > maxBytes) {
            throw new InvalidFileException(1, 0, "the file is larger than the limit of " + maxBytes + " bytes");
        }
        return StrictUtf8.decode(bytes);
    }

    /** Why a file could not be read, in a few words. */
    static String reason(IOException fault) {
        if (fault instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (fault instanceof AccessDeniedException) {
            return "this process is not allowed to read it";
        }
        if (fault instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return String.valueOf(fault.getMessage());
    }
}
