package io.modelconnector.examples.sidecars.doctor;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Takes what is found, prints it, and knows in the end whether anything failed. Not thread-safe. */
abstract class Report implements Consumer<Finding> {
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

    @Override
    public final void accept(Finding finding) {
        counts.merge(finding.status(), 1, Integer::sum);
        show(finding);
    }

    /** Shows a finding, now or in the end. */
    abstract void show(Finding finding);

    /** Shows what is left to be shown. */
    abstract void end();

    final int count(Status status) {
        return counts.getOrDefault(status, 0);
    }

    /** How many there are of each status. */
    final String summary() {
        StringJoiner summary = new StringJoiner(", ");
        for (Status status : Status.values()) {
            summary.add(count(status) + " " + status.word());
        }
        return summary.toString();
    }
}
