package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Reads of a file, as a feed asks for them, and what they gave. */
final class Reads {
    static final ReadContext USUAL = new ReadContext(false, Duration.ofSeconds(30));
    static final ReadContext FRESH = new ReadContext(true, Duration.ofSeconds(30));

    private Reads() {}

    /** Reads the only part, complete or failed. */
    static SourcePart part(StaticModelSource source) throws InterruptedException {
        SourceSnapshot snapshot = source.read(USUAL);
        assertThat(snapshot.parts()).hasSize(1);
        return snapshot.parts().get(0);
    }

    /** Writes a file and reads it as a new source. */
    static SourcePart part(Path file, String content) throws IOException, InterruptedException {
        Files.writeString(file, content);
        try (StaticModelSource source = StaticModelSource.of(file)) {
            return part(source);
        }
    }

    /** Replaces a file as a whole. */
    static void replace(Path file, String content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The names of what was found: model and version, or namespace and name. */
    static List<String> names(SourcePart part) {
        return Stream.concat(
                        part.modelVersions().stream()
                                .map(version -> version.model().name()
                                        + ' '
                                        + version.version().name()),
                        part.servedModels().stream().map(served -> served.namespace() + '/' + served.name()))
                .toList();
    }

    static RegisteredModelVersion onlyVersion(SourcePart part) {
        assertThat(part.failure()).isNull();
        assertThat(part.problems()).isEmpty();
        assertThat(part.modelVersions()).hasSize(1);
        return part.modelVersions().get(0);
    }

    static ServedModel onlyServed(SourcePart part) {
        assertThat(part.failure()).isNull();
        assertThat(part.problems()).isEmpty();
        assertThat(part.servedModels()).hasSize(1);
        return part.servedModels().get(0);
    }

    static Problem onlyProblem(SourcePart part) {
        assertThat(part.failure()).isNull();
        assertThat(part.problems()).hasSize(1);
        return part.problems().get(0);
    }
}
