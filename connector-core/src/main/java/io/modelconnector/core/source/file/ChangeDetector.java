package io.modelconnector.core.source.file;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides, from one look to the next, whether the files have changed since they were read. A change counts once it has
 * stayed the same for one look: what is being written is not worth reading. Not thread-safe.
 */
final class ChangeDetector {
    private final Supplier<@Nullable FileReading> lastReading;
    private @Nullable FileReading judged;
    private List<FileStamp> seen = List.of();
    private List<FileStamp> reported = List.of();

    ChangeDetector(Supplier<@Nullable FileReading> lastReading) {
        this.lastReading = lastReading;
    }

    /** Looks at the files. True once for each change that has come to rest, and once more after a reading in vain. */
    @SuppressWarnings("ReferenceEquality") // another reading with an equal result is another reading
    boolean look() {
        FileReading reading = lastReading.get();
        if (reading == null) {
            return false;
        }
        if (reading != judged) {
            judged = reading;
            reported = reading.inputs();
        }
        List<FileStamp> now = reading.inputsNow();
        boolean rests = now.equals(seen);
        seen = now;
        if (!rests || now.equals(reported)) {
            return false;
        }
        reported = now;
        return true;
    }
}
