package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What checks find, for tests. */
final class Findings {
    private Findings() {}

    /** The one finding of a check. */
    static Finding only(Check check) throws InterruptedException {
        List<Finding> findings = check.look();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
