package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.examples.sidecars.settings.LogSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The role that checks a deployment and ends. */
@Command(
        name = "doctor",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Checks everything that a deployment needs, and says what to do about what is missing.",
            "",
            "Run it where the connector runs or is to run, with the same environment: it reads the same variables, finds the"
                    + " same credentials and asks the same servers. It changes nothing: whether the ConfigMap can be"
                    + " written is found out by a dry run.",
            "",
            "Each line begins with ok, warn (the connector runs, with less), fail (it does not) or skip (not needed here,"
                    + " or something else is to be put right before).",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing failed", "1:something failed", "2:a flag is wrong"})
public final class DoctorCommand implements Callable<Integer> {
    /** How long a check may take; several run at once. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final PrintWriter out;

    @Option(
            names = {"--json", "-json"},
            description = "Print one JSON document: a list of {\"check\",\"status\",\"detail\",\"fix\"}")
    private boolean json;

    @Option(
            names = {"--address", "-address"},
            paramLabel = "[HOST:]PORT",
            description = "Where location, or role all, is to listen; 0 for nowhere. Default: 9090")
    private ListenAddress location = ListenAddress.port(9090);

    @Option(
            names = {"--storage-address", "-storage-address"},
            paramLabel = "[HOST:]PORT",
            description = "Where storage-rest is to listen; 0 for nowhere. Default: 7070")
    private ListenAddress storage = ListenAddress.port(7070);

    @Option(
            names = {"--metrics-address", "-metrics-address"},
            paramLabel = "[HOST]:PORT",
            description = "Where metrics are to be served; 0 for nowhere. Default: :8081")
    private ListenAddress metrics = ListenAddress.port(8081);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /**
     * Makes the command.
     *
     * @param environment the environment variables of the deployment
     * @param out where the report is printed
     */
    public DoctorCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = Map.copyOf(environment);
        this.out = out;
    }

    /**
     * Does all checks.
     *
     * @return the exit code: 1 if any of them failed
     */
    @Override
    public Integer call() throws InterruptedException {
        // What is wrong is in the report, and nothing else may be in the output.
        new LogSettings("OFF", "text").apply();
        Report report = json ? new JsonReport(out) : new TextReport(out);
        Doctor.Ports ports = new Doctor.Ports(location, storage, metrics);
        try (Doctor doctor = new Doctor(environment, ports, LIMIT, report)) {
            doctor.examine();
        }
        report.end();
        return report.count(Status.FAIL) > 0 ? 1 : 0;
    }
}
