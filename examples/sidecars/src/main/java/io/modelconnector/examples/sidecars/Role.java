package io.modelconnector.examples.sidecars;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/**
 * One way to run the program, a subcommand of it. A new role is a subclass with picocli's annotations, listed in
 * {@link Main}.
 */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
abstract class Role implements Callable<Integer> {
    private final Surroundings surroundings;

    Role(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What the process gives the role. */
    final Surroundings surroundings() {
        return surroundings;
    }

    /**
     * Opens whatever the role consists of and returns; it runs until the lifetime is closed. Reads its settings first, and
     * tells how to log before anything is logged.
     *
     * @param lifetime takes over what is opened
     * @throws io.modelconnector.core.ConfigurationException if the user has to change a setting
     */
    abstract void open(Lifetime lifetime) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try (Lifetime lifetime = surroundings.newLifetime()) {
            try {
                open(lifetime);
            } catch (Exception e) {
                if (!lifetime.isClosed()) {
                    throw e;
                }
                log().debug("the start was cut short by a signal", e);
            }
            lifetime.awaitClose();
        }
        return 0;
    }

    /** The role's own log; made when it is asked for, since logging is configured by then. */
    final Logger log() {
        return LoggerFactory.getLogger(getClass());
    }
}
