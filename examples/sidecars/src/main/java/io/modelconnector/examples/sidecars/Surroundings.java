package io.modelconnector.examples.sidecars;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the process gives the program, so that a test can give something else.
 *
 * @param environment the environment variables
 * @param out where the user reads what they asked for
 * @param err where the user reads what is wrong
 * @param lifetimes makes the lifetime of a role; in the real process, one that a signal closes
 */
record Surroundings(Map<String, String> environment, PrintWriter out, PrintWriter err, Supplier<Lifetime> lifetimes) {
    Surroundings {
        environment = Map.copyOf(environment);
    }

    Lifetime newLifetime() {
        return lifetimes.get();
    }

    /** Does not show the environment: there are secrets in it. */
    @Override
    public String toString() {
        return "Surroundings[" + environment.size() + " variables]";
    }
}
