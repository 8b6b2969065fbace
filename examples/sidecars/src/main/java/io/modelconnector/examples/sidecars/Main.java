package io.modelconnector.examples.sidecars;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.examples.sidecars.doctor.DoctorCommand;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. A user's mistake ends the program with one line that says what is wrong and exit code 2; a signal ends
 * it within five seconds.
 */
@Command(
        name = Main.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "ROLE",
        description = "Feeds the AI models of a platform to Backstage.")
final class Main implements Runnable {
    static final String NAME = "model-connector";

    private static final int USERS_MISTAKE = 2;
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(4500);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Main() {}

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        Surroundings process =
                new Surroundings(System.getenv(), writer(System.out), writer(System.err), Main::lifetimeOfProcess);
        System.exit(run(process, args));
    }

    /** Runs the program; gives its exit code. */
    static int run(Surroundings surroundings, String... args) {
        CommandLine program = new CommandLine(new Main())
                .addSubcommand("all", new AllRole(surroundings))
                .addSubcommand("location", new LocationRole(surroundings))
                .addSubcommand("storage-rest", new StorageRole(surroundings))
                .addSubcommand("rhoai-normalizer", new NormalizerRole(surroundings))
                .addSubcommand("demo", new DemoRole(surroundings))
                .addSubcommand("doctor", new DoctorCommand(surroundings.environment(), surroundings.out()));
        program.registerConverter(ListenAddress.class, new AddressConverter());
        program.setOut(surroundings.out());
        program.setErr(surroundings.err());
        program.setParameterExceptionHandler((mistake, words) -> refuse(mistake));
        program.setExecutionExceptionHandler((failure, role, words) -> fail(failure, role));
        return program.execute(args);
    }

    /** Without a role there is nothing to run. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "");
    }

    private static int refuse(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            err.println(oneLine(name + ": " + unknown(unmatched) + ", see " + name + " --help"));
        } else if (String.valueOf(mistake.getMessage()).isEmpty()) {
            command.usage(err);
        } else {
            err.println(oneLine(name + ": " + mistake.getMessage()));
        }
        err.flush();
        return USERS_MISTAKE;
    }

    private static String unknown(UnmatchedArgumentException mistake) {
        CommandLine command = mistake.getCommandLine();
        String word = mistake.getUnmatched().get(0);
        if (word.startsWith("-")) {
            String flags = command.getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .collect(Collectors.joining(", "));
            return "there is no flag " + word + "; valid are " + flags;
        }
        Set<String> roles = command.getSubcommands().keySet();
        return roles.isEmpty()
                ? "there is nothing to do with \"" + word + '"'
                : "there is no role \"" + word + "\"; valid are " + String.join(", ", roles);
    }

    private static int fail(Exception failure, CommandLine role) {
        if (failure instanceof ConfigurationException) {
            PrintWriter err = role.getErr();
            err.println(oneLine(role.getCommandSpec().qualifiedName() + ": " + failure.getMessage()));
            err.flush();
            return USERS_MISTAKE;
        }
        LoggerFactory.getLogger(Main.class).error("the program ends because of a fault of its own", failure);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    private static Lifetime lifetimeOfProcess() {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeWithinLimit(lifetime), "shutdown"));
        return lifetime;
    }

    /** The process ends when its shutdown hooks have returned, whatever threads are left. */
    private static void closeWithinLimit(Lifetime lifetime) {
        Thread closing = new Thread(lifetime::close, "closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
    }

    /** Reads the addresses of flags. */
    private static final class AddressConverter implements ITypeConverter<ListenAddress> {
        @Override
        public ListenAddress convert(String value) {
            try {
                return ListenAddress.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException('"' + value + "\" " + e.getMessage());
            }
        }
    }
}
