package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final StringWriter out = new StringWriter();

    @Test
    void printsALineForEachFindingAndWhatToDoBelow() {
        Report report = new TextReport(new PrintWriter(out));
        report.accept(Finding.ok("settings", "valid"));
        report.accept(Finding.fail("registry public", "answers 403", "bind the Role"));
        report.accept(Finding.skip("Backstage", "not asked for"));
        report.end();

        assertThat(out.toString().lines())
                .containsExactly(
                        "ok    settings                       valid",
                        "fail  registry public                answers 403",
                        "      -> bind the Role",
                        "skip  Backstage                      not asked for",
                        "",
                        "1 ok, 0 warn, 1 fail, 1 skip; not ready: do what the lines below each \"fail\" say");
    }

    @Test
    void saysThatNothingIsInTheWayThoughThereAreWarnings() {
        Report report = new TextReport(new PrintWriter(out));
        report.accept(Finding.warn("find catalog", "none", null));
        report.end();

        assertThat(out.toString()).contains("0 ok, 1 warn, 0 fail, 0 skip; nothing is in the way");
    }

    @Test
    void printsOneJsonDocumentInTheEnd() throws Exception {
        Report report = new JsonReport(new PrintWriter(out));
        report.accept(Finding.ok("settings", "valid"));
        report.accept(Finding.fail("rbac \"x\"", "denied", "add it"));
        assertThat(out.toString()).isEmpty();
        report.end();

        JsonNode findings = Reply.JSON.readTree(out.toString());
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).toString())
                .isEqualTo("{\"check\":\"settings\",\"status\":\"ok\",\"detail\":\"valid\",\"fix\":null}");
        assertThat(findings.get(1).path("check").asText()).isEqualTo("rbac \"x\"");
        assertThat(findings.get(1).path("status").asText()).isEqualTo("fail");
        assertThat(findings.get(1).path("fix").asText()).isEqualTo("add it");
    }

    @Test
    void makesOneLineOfWhateverServersSay() {
        Finding finding = Finding.fail("catalog", "two\r\nlines and a \u001b[31mcolour", "a\tfix");

        assertThat(finding.detail()).isEqualTo("two lines and a [31mcolour");
        assertThat(finding.fix()).isEqualTo("a fix");
    }
}
