package io.modelconnector.examples.sidecars;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A copy of the sample models in a temporary directory, to be edited. What was edited outlives the program. */
final class SampleFile implements AutoCloseable {
    private static final String NAME = "demo-models.yaml";

    private final Path directory;
    private final Path file;

    SampleFile() throws IOException {
        byte[] sample = sample();
        directory = Files.createTempDirectory("model-connector-demo-");
        file = directory.resolve(NAME);
        Files.write(file, sample);
    }

    Path path() {
        return file;
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), sample())) {
            Files.delete(file);
            Files.deleteIfExists(directory);
        }
    }

    private static byte[] sample() throws IOException {
        try (InputStream sample = SampleFile.class.getResourceAsStream(NAME)) {
            if (sample == null) {
                throw new IOException("the program lacks its resource " + NAME);
            }
            return sample.readAllBytes();
        }
    }

    @Override
    public String toString() {
        return "SampleFile[" + file + ']';
    }
}
