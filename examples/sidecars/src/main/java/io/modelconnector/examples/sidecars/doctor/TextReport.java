package io.modelconnector.examples.sidecars.doctor;

import java.io.PrintWriter;

/** A line for each finding as soon as it is there, what to do about it below, and a sum in the end. */
final class TextReport extends Report {
    private final PrintWriter out;

    TextReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    void show(Finding finding) {
        out.printf("%-5s %-30s %s%n", finding.status().word(), finding.check(), finding.detail());
        if (finding.fix() != null) {
            out.printf("      -> %s%n", finding.fix());
        }
        out.flush();
    }

    @Override
    void end() {
        String verdict = count(Status.FAIL) > 0
                ? "not ready: do what the lines below each \"fail\" say"
                : "nothing is in the way of the connector";
        out.printf("%n%s; %s%n", summary(), verdict);
        out.flush();
    }
}
