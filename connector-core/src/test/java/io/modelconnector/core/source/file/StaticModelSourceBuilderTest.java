package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaticModelSourceBuilderTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(directory.resolve("lab models.yaml"), "models: []");
    }

    @Test
    void isNamedForItsFileUnlessToldOtherwise() {
        try (StaticModelSource source = StaticModelSource.of(file);
                StaticModelSource named =
                        StaticModelSource.builder(file).name("lab").build()) {
            assertThat(source.name()).isEqualTo("lab-models");
            assertThat(named.name()).isEqualTo("lab");
            assertThat(named).hasToString("StaticModelSource[lab, " + file + "]");
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path missing = directory.resolve("missing.yaml");
        assertRefused(() -> StaticModelSource.of(missing), "file was " + missing + ", but there is no such file");
    }

    @Test
    void refusesADirectory() throws Exception {
        Path other = Files.createDirectory(directory.resolve("directory.yaml"));
        assertRefused(
                () -> StaticModelSource.of(other), "file was " + other + ", must be a file that this process may read");
    }

    @Test
    void refusesAFileOfAnotherKind() {
        Path other = directory.resolve("models.toml");
        assertRefused(
                () -> StaticModelSource.builder(other),
                "file was " + other + ", must end in .json, .yaml or .yml, which says how it is written");
    }

    @Test
    void refusesBadSettingsByName() {
        StaticModelSource.Builder builder = StaticModelSource.builder(file);
        assertRefused(
                () -> builder.name("lab models"),
                "name was \"lab models\", must be letters, digits, '.', '_' and '-', at least one");
        assertRefused(
                () -> builder.checkInterval(Duration.ZERO),
                "checkInterval was PT0S, must be positive and at most PT24H");
        assertRefused(
                () -> builder.checkInterval(Duration.ofDays(2)),
                "checkInterval was PT48H, must be positive and at most PT24H");
        assertRefused(() -> builder.maxFileBytes(0), "maxFileBytes was 0, must be from 1 to 1073741824");
        assertRefused(() -> builder.maxCardBytes(-1), "maxCardBytes was -1, must be from 1 to 1073741824");
        assertRefused(
                () -> builder.maxCardsBytes(2L << 30), "maxCardsBytes was 2147483648, must be from 1 to 1073741824");
    }

    @Test
    void readsJsonWithoutTheYamlParser() throws Exception {
        Path json = Files.writeString(directory.resolve("models.json"), "{\"models\": []}");
        SourceSnapshot snapshot = withoutYaml(json).read(new ReadContext(false, Duration.ofSeconds(10)));
        assertThat(snapshot.parts().get(0).failure()).isNull();
    }

    @Test
    void namesTheDependencyThatYamlNeeds() {
        assertThatThrownBy(() -> withoutYaml(file))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("add the dependency com.fasterxml.jackson.dataformat:jackson-dataformat-yaml");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    /** Makes a source on a class path that lacks the optional YAML parser. */
    private static ModelSource withoutYaml(Path file) throws Exception {
        Class<?> type = new WithoutYaml().loadClass(StaticModelSource.class.getName());
        return (ModelSource) type.getMethod("of", Path.class).invoke(null, file);
    }

    /** Defines the classes of this package anew, so that they are linked against a class path without YAML. */
    private static final class WithoutYaml extends ClassLoader {
        WithoutYaml() {
            super(StaticModelSourceBuilderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.fasterxml.jackson.dataformat.") || name.startsWith("org.yaml.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(StaticModelSource.class.getPackageName() + '.')) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
