package io.modelconnector.techdocs.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 79, 80, 81, 82, 83, 84, 128})
    void pathsOfAnyLengthAreKept(int length) {
        String directory = "g".repeat(length);
        byte[] content = {1, 2, 3};

        Map<String, byte[]> read = TarGzReader.read(TarGz.of(directory, Map.of("docs/versions/1.md", content)));

        assertThat(read).containsOnlyKeys(directory + "/docs/versions/1.md");
        assertThat(read.values()).containsExactly(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 100_000})
    void contentsOfAnyLengthAreKept(int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 'x');

        assertThat(TarGzReader.read(TarGz.of("granite", Map.of("a", content))).get("granite/a"))
                .isEqualTo(content);
    }

    @Test
    void theHeaderSaysNothingOfTimeAndMachine() {
        byte[] archive = TarGz.of("granite", Map.of());

        assertThat(Arrays.copyOf(archive, 10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    }
}
