package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role that checks a deployment, in a process of its own. */
class DoctorProcessTest {
    @TempDir
    Path home;

    @Test
    void printsNothingButItsReportAndEndsByItself() throws Exception {
        Map<String, String> environment = Map.of(
                "HOME", home.toString(),
                "LOG_LEVEL", "debug",
                "REGISTRY_TLS_INSECURE", "true",
                "REGISTRY_URLS", "public=http://127.0.0.1:1",
                "CATALOG_URL", "http://127.0.0.1:1");
        try (ChildProgram doctor = new ChildProgram(
                environment, "doctor", "--json", "--address=0", "--storage-address=0", "--metrics-address=0")) {
            assertThat(doctor.awaitExit()).isEqualTo(1);

            JsonNode findings = new ObjectMapper().readTree(doctor.out());
            assertThat(findings.isArray()).isTrue();
            assertThat(findings.toString()).contains("\"check\":\"registry public\",\"status\":\"fail\"");
            assertThat(doctor.err()).isEmpty();
        }
    }
}
