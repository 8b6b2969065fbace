package io.modelconnector.techdocs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The programs that the rendered cards need: MkDocs and Chromium of the operating system, and Backstage's own MkDocs in a
 * Python environment of the build directory. Installs what is missing.
 */
final class RenderingTools {
    private static final Duration INSTALLATION = Duration.ofMinutes(10);
    private static final Duration PROBE = Duration.ofMinutes(1);
    private static final List<Tool> TOOLS = List.of(
            Tool.program("/usr/bin/mkdocs", "mkdocs"),
            Tool.program("/usr/bin/chromium", "chromium"),
            Tool.program("/usr/bin/dot", "graphviz"),
            Tool.module("pymdownx", "python3-pymdownx"),
            Tool.module("ensurepip", "python3-venv"));

    private RenderingTools() {}

    /** What a program ended with. */
    record Outcome(int exit, String output) {}

    /** Something that has to be there, how to find out, and what brings it. */
    private record Tool(List<String> probe, String debianPackage) {
        static Tool program(String path, String debianPackage) {
            return new Tool(List.of("/usr/bin/test", "-x", path), debianPackage);
        }

        static Tool module(String name, String debianPackage) {
            return new Tool(List.of("/usr/bin/python3", "-c", "import " + name), debianPackage);
        }

        boolean isMissing(Path directory) {
            try {
                return run(directory, PROBE, probe).exit != 0;
            } catch (IOException e) {
                return true;
            }
        }
    }

    /** Installs what is missing; a person who may not install gets told what to install. */
    static void install(Path target) throws IOException {
        Files.createDirectories(target);
        List<String> missing = new ArrayList<>();
        for (Tool tool : TOOLS) {
            if (tool.isMissing(target)) {
                missing.add(tool.debianPackage);
            }
        }
        if (!missing.isEmpty()) {
            String packages = String.join(" ", missing);
            if (!"root".equals(System.getProperty("user.name")) || !Files.exists(Path.of("/usr/bin/apt-get"))) {
                throw new IllegalStateException("These checks need Debian's packages " + packages
                        + ": have them installed with apt-get install " + packages);
            }
            List<String> command =
                    new ArrayList<>(List.of("/usr/bin/apt-get", "install", "-y", "-q", "--no-install-recommends"));
            command.addAll(missing);
            required(target, List.of("/usr/bin/apt-get", "update", "-q"));
            required(target, command);
        }
        Path environment = pythonEnvironment(target);
        Path requirements = Path.of("src/test/resources/e2e/requirements.txt").toAbsolutePath();
        Path installed = environment.resolve("requirements.txt");
        if (!Files.exists(installed) || Files.mismatch(installed, requirements) >= 0) {
            required(target, List.of("/usr/bin/python3", "-m", "venv", "--clear", environment.toString()));
            required(
                    target,
                    List.of(
                            environment.resolve("bin/pip").toString(),
                            "install",
                            "-q",
                            "--disable-pip-version-check",
                            "-r",
                            requirements.toString()));
            Files.copy(requirements, installed);
        }
    }

    /** Where Backstage's MkDocs lives. */
    static Path pythonEnvironment(Path target) {
        return target.resolve("techdocs-venv").toAbsolutePath();
    }

    /** Runs a program to its end, or stops it after the given time. */
    static Outcome run(Path directory, Duration timeout, List<String> command) throws IOException {
        Path log = Files.createTempFile("rendering", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Outcome(-1, "did not end within " + timeout + "\n" + text(log));
            }
            return new Outcome(process.exitValue(), text(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(log);
        }
    }

    private static String text(Path log) throws IOException {
        return new String(Files.readAllBytes(log), UTF_8);
    }

    private static void required(Path directory, List<String> command) throws IOException {
        Outcome outcome = run(directory, INSTALLATION, command);
        if (outcome.exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + outcome.output);
        }
    }
}
