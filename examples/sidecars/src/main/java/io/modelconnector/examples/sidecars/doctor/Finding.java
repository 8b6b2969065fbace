package io.modelconnector.examples.sidecars.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about one prerequisite: a line of the report. Holds no secret.
 *
 * @param check the name of what was checked; the same from run to run
 * @param status what became of it
 * @param detail what was found
 * @param fix what to do; null if there is nothing to do
 */
record Finding(
        String check,
        Status status,
        String detail,
        @Nullable String fix) {
    /** Texts come from other people's servers: each becomes one line without control characters. */
    Finding {
        detail = oneLine(detail);
        fix = fix == null ? null : oneLine(fix);
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Status.OK, detail, null);
    }

    static Finding warn(String check, String detail, @Nullable String fix) {
        return new Finding(check, Status.WARN, detail, fix);
    }

    static Finding fail(String check, String detail, String fix) {
        return new Finding(check, Status.FAIL, detail, fix);
    }

    static Finding skip(String check, String detail) {
        return new Finding(check, Status.SKIP, detail, null);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
