package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMapCheckTest {
    private static final String MAP = FakePlatform.CONFIG_MAPS + "/bac-import-model";
    private static final String STORED = """
            {"kind":"ConfigMap","metadata":{"name":"bac-import-model","resourceVersion":"41"},
             "binaryData":{"granite_v1":"eyJib2R5IjoiIn0=","llama_v2":"eyJib2R5IjoiIn0="}}""";

    private final FakePlatform platform = FakePlatform.healthy();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void hasANewMapCheckedInAFormThatNoServerStores() throws Exception {
        Finding finding = Findings.only(check());

        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.detail()).contains("is not there yet in namespace ai-rhdh", "(dry run)");
        assertThat(platform.requests())
                .containsExactly("GET " + MAP, "POST " + FakePlatform.CONFIG_MAPS + "?dryRun=All");
        JsonNode sent = Reply.JSON.readTree(platform.bodies().get(0));
        assertThat(sent.path("metadata").path("resourceVersion").asText()).isNotEmpty();
        assertThat(sent.has("data") || sent.has("binaryData")).isFalse();
    }

    @Test
    void isContentWithAServerThatKnowsNoDryRuns() throws Exception {
        platform.on(
                "POST",
                FakePlatform.CONFIG_MAPS,
                400,
                "{\"message\": \"resourceVersion should not be set on objects to be created\"}");

        Finding finding = Findings.only(check());
        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.detail()).contains("as far as can be told");
    }

    @Test
    void hasAnUpdateCheckedThatChangesNothing() throws Exception {
        platform.on("GET", MAP, 200, STORED).on("PUT", MAP, 200, STORED).on("GET", MAP + "-1", 200, STORED);

        Finding finding = Findings.only(check());
        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.detail())
                .contains("has 2 entries, 24 of 1,048,576 bytes", "1 more map", "may be updated (dry run)");
        assertThat(platform.requests()).contains("PUT " + MAP + "?dryRun=All");
        assertThat(platform.bodies()).containsExactly(STORED);
    }

    @Test
    void isContentWhenSomebodyElseWritesAtTheSameTime() throws Exception {
        platform.on("GET", MAP, 200, STORED).on("PUT", MAP, 409, "{}");

        assertThat(Findings.only(check()).status()).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void saysWhatIsMissingWhereItIsRefused(String method) throws Exception {
        platform.on(
                method,
                method.equals("GET") ? MAP : FakePlatform.CONFIG_MAPS,
                403,
                "{\"message\": \"exceeded quota: configmaps\"}");

        Finding finding = Findings.only(check());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("403 (exceeded quota: configmaps)");
        assertThat(finding.fix()).contains("quota", "a Role in namespace ai-rhdh", "resources: [\"configmaps\"]");
    }

    @Test
    void saysThatAnUpdateIsRefused() throws Exception {
        platform.on("GET", MAP, 200, STORED).on("PUT", MAP, 422, "{\"message\": \"denied by policy\"}");

        Finding finding = Findings.only(check());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("updating bac-import-model", "422 (denied by policy)");
    }

    @Test
    void saysThatTheNamespaceIsMissing() throws Exception {
        platform.on("POST", FakePlatform.CONFIG_MAPS, 404, "{}");

        Finding finding = Findings.only(check());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.fix()).contains("kubectl create namespace ai-rhdh", "NAMESPACE");
    }

    @Test
    void saysThatTheMapCannotBeChanged() throws Exception {
        platform.on("GET", MAP, 200, "{\"immutable\": true}");

        Finding finding = Findings.only(check());
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.fix()).contains("kubectl delete configmap bac-import-model --namespace=ai-rhdh");
    }

    private ConfigMapCheck check() {
        return new ConfigMapCheck(platform.cluster(directory), Account.UNKNOWN, "ai-rhdh");
    }
}
