package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.SourceSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChangeDetectorTest {
    @TempDir
    Path directory;

    private Path file;
    private FileReading reading;
    private final ChangeDetector detector = new ChangeDetector(() -> reading);

    @BeforeEach
    void writeAndRead() throws IOException {
        file = Files.writeString(directory.resolve("models.yaml"), "one");
        read();
    }

    @Test
    void seesNothingBeforeTheFirstReading() throws Exception {
        reading = null;
        assertThat(detector.look()).isFalse();
        Files.writeString(file, "three");
        assertThat(detector.look()).isFalse();
        assertThat(detector.look()).isFalse();
    }

    @Test
    void seesNothingWhileNothingChanges() {
        assertThat(detector.look()).isFalse();
        assertThat(detector.look()).isFalse();
    }

    @Test
    void tellsOfAChangeOnceItRests() throws Exception {
        Files.writeString(file, "three");
        assertThat(detector.look()).isFalse();
        assertThat(detector.look()).isTrue();
        assertThat(detector.look()).isFalse();
    }

    @Test
    void waitsWhileTheFileIsBeingWritten() throws Exception {
        for (int i = 1; i < 5; i++) {
            Files.writeString(file, "longer".repeat(i));
            assertThat(detector.look()).isFalse();
        }
        assertThat(detector.look()).isTrue();
    }

    @Test
    void tellsOfTheNextChangeBeforeTheLastWasRead() throws Exception {
        Files.writeString(file, "three");
        detector.look();
        assertThat(detector.look()).isTrue();
        Files.writeString(file, "fifteen");
        detector.look();
        assertThat(detector.look()).isTrue();
    }

    @Test
    void tellsAgainAfterAReadingThatMissedTheChange() throws Exception {
        FileStamp before = FileStamp.of(file);
        Files.writeString(file, "three");
        detector.look();
        assertThat(detector.look()).isTrue();
        reading = readingOf(before);
        assertThat(detector.look()).isTrue();
    }

    @Test
    void tellsThatTheFileIsGoneAndThatItIsBack() throws Exception {
        Files.delete(file);
        detector.look();
        assertThat(detector.look()).isTrue();
        read();
        assertThat(detector.look()).isFalse();
        Files.writeString(file, "two");
        detector.look();
        assertThat(detector.look()).isTrue();
    }

    private void read() {
        reading = readingOf(FileStamp.of(file));
    }

    private static FileReading readingOf(FileStamp stamp) {
        return new FileReading(new SourceSnapshot(List.of()), Map.of(), true, List.of(stamp), true);
    }
}
