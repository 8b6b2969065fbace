package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaticModelSourceChangeTest {
    private static final Instant WRITTEN = Instant.parse("2026-03-01T09:30:00Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = directory.resolve("models.yaml");
        Files.writeString(file, models("phi"));
    }

    @Test
    void findsAnEditAReplacementAndARemoval() throws Exception {
        try (StaticModelSource source = StaticModelSource.of(file)) {
            assertThat(Reads.names(Reads.part(source))).containsExactly("phi v1");
            Files.writeString(file, models("gemma"));
            assertThat(Reads.names(Reads.part(source))).containsExactly("gemma v1");
            Reads.replace(file, models("granite"));
            assertThat(Reads.names(Reads.part(source))).containsExactly("granite v1");
            Files.delete(file);
            assertThat(Reads.part(source).failure())
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("reading " + file + " failed: there is no such file");
            Files.writeString(file, models("granite"));
            assertThat(Reads.names(Reads.part(source))).containsExactly("granite v1");
        }
    }

    /**
     * As the kubelet does when a mounted ConfigMap changes: the files are links, and the directory they lead to is
     * swapped.
     */
    @Test
    void findsThatAConfigMapWasSwapped() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        configMap(mount, "..2026_03_01", models("phi") + "    card: phi.md\n", "# One\n");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_03_01"));
        Path mounted = Files.createSymbolicLink(mount.resolve("models.yaml"), Path.of("..data/models.yaml"));
        Files.createSymbolicLink(mount.resolve("phi.md"), Path.of("..data/phi.md"));
        ModelCardReference card = new ModelCardReference("models", "models", "phi/v1");
        try (StaticModelSource source = StaticModelSource.of(mounted)) {
            assertThat(Reads.part(source).problems()).isEmpty();
            assertThat(source.card(card))
                    .get()
                    .extracting(found -> found.markdown())
                    .isEqualTo("# One\n");

            configMap(mount, "..2026_03_02", models("phi") + "    card: phi.md\n", "# Two\n");
            Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_03_02"));
            Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            assertThat(Reads.part(source).problems()).isEmpty();
            assertThat(source.card(card))
                    .get()
                    .extracting(found -> found.markdown())
                    .isEqualTo("# Two\n");
        }
    }

    @Test
    void neverMixesAFileWithTheCardsOfAnother() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        configMap(mount, "..0", models("phi") + "    card: phi.md\n", "phi");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..0"));
        Path mounted = Files.createSymbolicLink(mount.resolve("models.yaml"), Path.of("..data/models.yaml"));
        Files.createSymbolicLink(mount.resolve("phi.md"), Path.of("..data/phi.md"));
        Thread kubelet = new Thread(() -> swap(mount, 200));
        kubelet.start();
        try (StaticModelSource source = StaticModelSource.of(mounted)) {
            while (kubelet.isAlive()) {
                SourcePart part = Reads.part(source);
                if (part.isComplete()) {
                    String model = part.modelVersions().get(0).model().name();
                    assertThat(source.card(new ModelCardReference("models", "models", model + "/v1")))
                            .get()
                            .extracting(found -> found.markdown())
                            .isEqualTo(model);
                } else {
                    assertThat(part.failure()).isInstanceOf(SourceUnavailableException.class);
                }
            }
        } finally {
            kubelet.join();
        }
    }

    @Test
    void failsWhileTheFileIsInvalidAndRecoversByItself() throws Exception {
        try (StaticModelSource source = StaticModelSource.of(file)) {
            SourcePart valid = Reads.part(source);
            Files.writeString(file, models("phi").substring(0, 40));
            SourcePart truncated = Reads.part(source);
            assertThat(truncated.failure()).isInstanceOf(MalformedResponseException.class);
            assertThat(truncated.modelVersions()).isEmpty();
            Files.writeString(file, "");
            assertThat(Reads.part(source).failure()).isInstanceOf(MalformedResponseException.class);
            Files.writeString(file, models("phi"));
            assertThat(Reads.part(source)).isEqualTo(valid);
        }
    }

    @Test
    void givesTheSameSnapshotWhileNothingChanges() throws Exception {
        try (StaticModelSource source = StaticModelSource.of(file)) {
            SourceSnapshot first = source.read(Reads.USUAL);
            assertThat(source.read(Reads.USUAL)).isSameAs(first);
            assertThat(source.read(Reads.FRESH)).isSameAs(first);
            Reads.replace(file, models("phi"));
            assertThat(source.read(Reads.USUAL)).isSameAs(first);
        }
    }

    @Test
    void asksOnlyForTheTimeOfAFileThatWasWrittenLongBefore() throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
        try (StaticModelSource source = sourceAt(WRITTEN.plusSeconds(3))) {
            Reads.part(source);
            editWithoutATrace();
            assertThat(Reads.names(Reads.part(source))).containsExactly("phi v1");
            assertThat(source.read(Reads.FRESH)
                            .parts()
                            .get(0)
                            .modelVersions()
                            .get(0)
                            .model()
                            .name())
                    .isEqualTo("abc");
        }
    }

    @Test
    void readsAgainWhatWasWrittenJustBefore() throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
        try (StaticModelSource source = sourceAt(WRITTEN.plusSeconds(1))) {
            Reads.part(source);
            editWithoutATrace();
            assertThat(Reads.names(Reads.part(source))).containsExactly("abc v1");
        }
    }

    @Test
    void tellsOfEachEdit() throws Exception {
        Path card = Files.writeString(directory.resolve("phi.md"), "# Phi\n");
        Files.writeString(file, models("phi") + "    card: phi.md\n");
        Semaphore told = new Semaphore(0);
        try (StaticModelSource source = StaticModelSource.builder(file)
                .checkInterval(Duration.ofMillis(10))
                .build()) {
            source.onChange(told::release);
            Reads.part(source);

            Files.writeString(file, models("gemma") + "    card: phi.md\n");
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Reads.names(Reads.part(source))).containsExactly("gemma v1");

            Reads.replace(card, "# Gemma\n");
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Reads.part(source).isComplete()).isTrue();

            Files.writeString(file, "models: [");
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Reads.part(source).isComplete()).isFalse();

            Files.writeString(file, models("granite"));
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Reads.names(Reads.part(source))).containsExactly("granite v1");
        }
    }

    @Test
    void goesOnTellingAfterACallbackFailed() throws Exception {
        Semaphore told = new Semaphore(0);
        try (StaticModelSource source = StaticModelSource.builder(file)
                .checkInterval(Duration.ofMillis(10))
                .build()) {
            source.onChange(() -> {
                told.release();
                throw new IllegalStateException("a listener that breaks its promise");
            });
            Reads.part(source);
            Files.writeString(file, models("gemma"));
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            Files.writeString(file, models("granite"));
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void endsItsThreadWithTheSource() throws Exception {
        StaticModelSource source =
                StaticModelSource.builder(file).name("ends-its-thread").build();
        source.onChange(() -> {});
        Thread watch = threadNamed("modelconnector-ends-its-thread-watch");
        assertThat(watch).isNotNull();
        assertThat(watch.isDaemon()).isTrue();
        source.close();
        assertThat(watch.isAlive()).isFalse();
        source.close();
        source.onChange(() -> {});
        assertThat(threadNamed("modelconnector-ends-its-thread-watch")).isNull();
    }

    @Test
    void canBeClosedByItsCallback() throws Exception {
        StaticModelSource source = StaticModelSource.builder(file)
                .name("closed-by-callback")
                .checkInterval(Duration.ofMillis(10))
                .build();
        source.onChange(source::close);
        Reads.part(source);
        Files.writeString(file, models("gemma"));
        await().until(() -> threadNamed("modelconnector-closed-by-callback-watch") == null);
    }

    private StaticModelSource sourceAt(Instant now) {
        return StaticModelSource.builder(file)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
    }

    /** Changes the content, but neither size nor time. */
    private void editWithoutATrace() throws IOException {
        Files.writeString(file, models("abc"));
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
    }

    private static void swap(Path mount, int times) {
        try {
            for (int i = 1; i <= times; i++) {
                String name = i % 2 == 0 ? "phi" : "abc";
                configMap(mount, ".." + i, models(name) + "    card: phi.md\n", name);
                Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(".." + i));
                Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configMap(Path mount, String name, String models, String card) throws IOException {
        Path version = Files.createDirectory(mount.resolve(name));
        Files.writeString(version.resolve("models.yaml"), models);
        Files.writeString(version.resolve("phi.md"), card);
    }

    private static Thread threadNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String models(String name) {
        return "models:\n  - name: " + name + "\n    versions: [{name: v1}]\n";
    }
}
