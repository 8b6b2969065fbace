package io.modelconnector.examples.sidecars.doctor;

import java.util.List;

/** Looks at one prerequisite of a deployment. Changes nothing. */
interface Check {
    /** What it looks at, for the case that it does not come to an end. */
    String name();

    /**
     * Looks. Called once, beside other checks.
     *
     * @return a line for each thing that was looked at, in reading order
     * @throws InterruptedException if it took too long
     */
    List<Finding> look() throws InterruptedException;

    /** One whose outcome is known: it cannot be done, or need not. */
    static Check known(Finding finding) {
        return new Check() {
            @Override
            public String name() {
                return finding.check();
            }

            @Override
            public List<Finding> look() {
                return List.of(finding);
            }
        };
    }

    /** One that cannot be done, or need not. */
    static Check skipped(String name, String why) {
        return known(Finding.skip(name, why));
    }
}
