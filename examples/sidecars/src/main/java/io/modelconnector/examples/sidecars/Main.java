package io.modelconnector.examples.sidecars;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
                .addSubcommand("demo", new DemoRole(surroundings));
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
        String message = String.valueOf(mistake.getMessage());
        if (message.isEmpty()) {
            command.usage(err);
        } else {
            String name = command.getCommandSpec().qualifiedName();
            err.println(oneLine(name + ": " + message + "; valid are " + valid(command) + ", see " + name + " --help"));
        }
        err.flush();
        return USERS_MISTAKE;
    }

    private static String valid(CommandLine command) {
        String options = command.getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .collect(Collectors.joining(", "));
        String roles = String.join(", ", command.getSubcommands().keySet());
        return roles.isEmpty() ? options : roles + ", " + options;
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

    private static PrintWriter writer(java.io.PrintStream stream) {
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
