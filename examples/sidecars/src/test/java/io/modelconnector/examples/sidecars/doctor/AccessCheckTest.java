package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessCheckTest {
    private static final Account CONNECTOR = new Account("system:serviceaccount:ai-rhdh:rhdh-rhoai-connector");

    private final FakePlatform platform = FakePlatform.healthy();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void asksForEachVerb() throws Exception {
        AccessRule rule = AccessRules.ofStore("ai-rhdh").get(0);

        assertThat(Findings.only(check(rule)))
                .isEqualTo(Finding.ok("rbac configmaps in ai-rhdh", "get, list, watch, create, update, patch"));
        assertThat(platform.requests()).hasSize(6).containsOnly("POST " + FakePlatform.REVIEWS);
    }

    @Test
    void givesTheRuleThatIsMissingInTheCluster() throws Exception {
        platform.denies("watch", "inferenceservices");

        Finding finding =
                Findings.only(check(AccessRules.ofServedModels(List.of()).get(0)));
        assertThat(finding.check()).isEqualTo("rbac inferenceservices");
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).startsWith("watch is not allowed: ");
        assertThat(finding.fix())
                .isEqualTo(
                        "add to a ClusterRole that is bound to ServiceAccount rhdh-rhoai-connector of namespace ai-rhdh:"
                                + " - {apiGroups: [\"serving.kserve.io\"], resources: [\"inferenceservices\"], verbs: [\"list\","
                                + " \"watch\"]}");
    }

    @Test
    void givesTheRuleThatIsMissingInANamespace() throws Exception {
        platform.denies("create", "configmaps").denies("patch", "configmaps");

        Finding finding = Findings.only(check(AccessRules.ofStore("ai-rhdh").get(0)));
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).startsWith("create, patch are not allowed: ");
        assertThat(finding.fix()).contains("a Role in namespace ai-rhdh", "resources: [\"configmaps\"]");
    }

    @Test
    void isContentWithoutWhatHasASubstitute() throws Exception {
        platform.denies("create", "leases");

        Finding finding = Findings.only(check(AccessRules.ofStore("ai-rhdh").get(1)));
        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.detail()).contains("create is not allowed", "by a ConfigMap instead");
        assertThat(finding.fix()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"llminferenceservices, WARN", "services, FAIL", "serviceaccounts, FAIL"})
    void weighsWhatIsMissing(String resource, Status status) throws Exception {
        platform.denies("list", resource);
        AccessRule rule = AccessRules.ofServedModels(List.of("team-a")).stream()
                .filter(each -> each.resource().equals(resource))
                .findFirst()
                .orElseThrow();

        Finding finding = Findings.only(check(rule));
        assertThat(finding.check()).isEqualTo("rbac " + resource + " in team-a");
        assertThat(finding.status()).isEqualTo(status);
    }

    @Test
    void doesNotTakeSilenceForADenial() throws Exception {
        platform.on("POST", FakePlatform.REVIEWS, 403, "{}");

        Finding finding = Findings.only(check(AccessRules.routes()));
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("did not say whether list, watch are allowed: 403");
        assertThat(finding.fix()).contains("route.openshift.io");
    }

    private AccessCheck check(AccessRule rule) {
        return new AccessCheck(platform.cluster(directory), CONNECTOR, rule);
    }
}
