package io.modelconnector.examples.sidecars.doctor;

import java.util.Locale;

/** What became of a check. Only {@link #FAIL} makes the whole fail. */
enum Status {
    /** It is as it has to be. */
    OK,
    /** The program runs without it, and does less or is less safe. */
    WARN,
    /** The program does not run without it, or not as it was deployed to. */
    FAIL,
    /** It is not needed here, or cannot be checked because something else failed. */
    SKIP;

    /** As it is printed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
