package io.modelconnector.core.source.file;

import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.contract.SourceContractTest;
import io.modelconnector.core.source.contract.SourceFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

final class StaticModelSourceContractTest extends SourceContractTest {
    private static final String GRANITE = """
            models:
              - name: granite-3.1-8b-instruct
                id: 7
                card: granite.md
                versions:
                  - {name: 1.4.0, id: 12, uri: "oci://registry.example.com/granite:1.4.0", card: "# Granite 1.4.0"}
                  - {name: 1.3.0, id: 11, archived: true}
            """;
    private static final String WHISPER = """
            served:
              - {name: whisper-large-v3, namespace: speech, url: "https://whisper.example.com"}
            """;
    private static final String LLAMA = """
              - name: llama-3.3-70b
                id: 8
                versions: [{name: v1, id: 13}]
            """;

    @TempDir
    Path directory;

    @Override
    protected SourceFixture fixture() throws IOException {
        return new FileFixture(directory.resolve("models.yaml"));
    }

    private static final class FileFixture implements SourceFixture {
        private final Path file;
        private String content = GRANITE + WHISPER;
        private Set<String> factIds = Set.of("models/7/12", "models/7/11", "ModelServer/speech/whisper-large-v3");

        FileFixture(Path file) throws IOException {
            this.file = file;
            Files.writeString(file.resolveSibling("granite.md"), "# Granite\n");
            repair();
        }

        @Override
        public ModelSource newSource() {
            return StaticModelSource.of(file);
        }

        @Override
        public Set<String> factIds() {
            return factIds;
        }

        @Override
        public void change() throws IOException {
            content = GRANITE + LLAMA;
            factIds = Set.of("models/7/12", "models/7/11", "models/8/13");
            repair();
        }

        @Override
        public void breakDown() throws IOException {
            Files.writeString(file, content + "  - name: [\n");
        }

        @Override
        public void repair() throws IOException {
            Files.writeString(file, content);
        }

        @Override
        public boolean announcesChanges() {
            return true;
        }

        @Override
        public void close() {}
    }
}
