package io.modelconnector.core.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells without reading a file that it changed. Links are followed, so a file is seen to change when it is written
 * to, when another one is renamed onto it, and when a link on the way to it is pointed elsewhere.
 *
 * @param path which file
 * @param key what identifies the file behind the path, where the file system says so
 * @param size its size in bytes, -1 if it cannot be looked at
 * @param modified when it was last modified
 */
record FileStamp(Path path, @Nullable Object key, long size, FileTime modified) {
    private static final FileTime NEVER = FileTime.fromMillis(0);

    /** Looks at a file. One that cannot be looked at has a stamp, too; why that is, reading it tells. */
    static FileStamp of(Path path) {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(path, found.fileKey(), found.size(), found.lastModifiedTime());
        } catch (IOException e) {
            return new FileStamp(path, null, -1, NEVER);
        }
    }

    /** Looks at the same file again. */
    FileStamp again() {
        return of(path);
    }

    boolean isModifiedBefore(Instant moment) {
        return modified.toInstant().isBefore(moment);
    }
}
