package io.modelconnector.core.source.file;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Reads model cards from files below the directory of the models file, and notes which ones it looked at. */
final class CardFiles {
    private final Path directory;
    private final long maxBytes;
    private final Set<FileStamp> stamps = new LinkedHashSet<>();
    private boolean failed;

    /**
     * Reads nothing yet.
     *
     * @param directory the directory that no card's path may leave, absolute
     * @param maxBytes the largest card that is read
     */
    CardFiles(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /** Whether the value of a card field is a path; if it is not, it is the card itself. */
    static boolean isPath(String card) {
        String text = card.toLowerCase(Locale.ROOT);
        return card.indexOf('\n') < 0 && (text.endsWith(".md") || text.endsWith(".markdown"));
    }

    /**
     * Reads a card.
     *
     * @param line where it is named, for the message
     * @throws InvalidItemException if it cannot be read, or may not be
     */
    String read(String path, int line) throws InvalidItemException, InterruptedException {
        Path file = confined(path, line);
        stamps.add(FileStamp.of(file));
        try {
            // A link inside of the directory may lead out of it.
            Path real = file.toRealPath();
            if (!real.startsWith(directory.toRealPath())) {
                throw outside(path, line);
            }
            return FileContent.text(real, maxBytes);
        } catch (IOException e) {
            failed = true;
            throw new InvalidItemException(line, "card " + path + " cannot be read: " + FileContent.reason(e));
        } catch (InvalidFileException e) {
            throw new InvalidItemException(line, "card " + path + " cannot be used: " + e.getMessage());
        }
    }

    /** The files that were looked at, as they were just before; one that changed meanwhile is there as either. */
    Set<FileStamp> stamps() {
        return stamps;
    }

    /** Whether reading the same files again may succeed without any of them being written to. */
    boolean failed() {
        return failed;
    }

    private Path confined(String path, int line) throws InvalidItemException {
        try {
            // A path that is absolute resolves to itself, and so lies outside unless it names a file below.
            Path file = directory.resolve(path).normalize();
            if (file.startsWith(directory)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new InvalidItemException(line, "card " + path + " is no path: " + e.getReason());
        }
        throw outside(path, line);
    }

    private static InvalidItemException outside(String path, int line) {
        return new InvalidItemException(
                line, "card " + path + " is refused: it lies outside of the directory of the models file");
    }
}
