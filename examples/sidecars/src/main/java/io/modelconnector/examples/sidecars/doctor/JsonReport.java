package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;

/** One JSON document in the end: a list of objects with check, status, detail, and fix, which is null if there is none. */
final class JsonReport extends Report {
    private final PrintWriter out;
    private final ArrayNode findings = Reply.JSON.createArrayNode();

    JsonReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    void show(Finding finding) {
        findings.addObject()
                .put("check", finding.check())
                .put("status", finding.status().word())
                .put("detail", finding.detail())
                .put("fix", finding.fix());
    }

    @Override
    void end() {
        try {
            out.println(Reply.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(findings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
        out.flush();
    }
}
