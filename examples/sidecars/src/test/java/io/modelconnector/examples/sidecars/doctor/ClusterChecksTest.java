package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the cluster answers, accepts the credentials, and has KServe. */
class ClusterChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String GROUP = "/apis/serving.kserve.io/";

    private final FakePlatform platform = FakePlatform.healthy();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK, 'answers, Kubernetes v1.31.4'",
        "401, OK, answers",
        "403, OK, answers",
        "404, FAIL, is no API server",
        "503, FAIL, answers 503"
    })
    void saysWhetherTheApiServerAnswers(int status, Status expected, String detail) throws Exception {
        platform.on("GET", "/version", status, status == 200 ? "{\"gitVersion\": \"v1.31.4\"}" : "{}");
        ClusterCheck check = new ClusterCheck(platform.cluster(directory));

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(expected);
        assertThat(finding.detail()).contains(platform.uri() + " ").contains(detail);
        assertThat(check.isReachable()).isEqualTo(expected == Status.OK);
    }

    @Test
    void saysThatTheApiServerDoesNotAnswerInTime() throws Exception {
        platform.hangs("GET", "/version");
        ClusterCheck check = new ClusterCheck(new Cluster(platform.access(directory), Duration.ofMillis(200)));

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("no answer from " + platform.uri());
        assertThat(finding.fix()).contains("NetworkPolicy");
        assertThat(check.isReachable()).isFalse();
    }

    @Test
    void saysWhomTheClusterTakesTheProgramFor() throws Exception {
        AccountCheck check = account(platform.access(directory));

        assertThat(Findings.only(check).detail())
                .isEqualTo("accepted as ServiceAccount rhdh-rhoai-connector of namespace ai-rhdh");
        assertThat(check.account()).isEqualTo(new Account("system:serviceaccount:ai-rhdh:rhdh-rhoai-connector"));
    }

    @Test
    void takesTheTokensWordWhereOlderServersDoNotSay() throws Exception {
        platform.on("POST", FakePlatform.WHO, 404, "{}");
        AccountCheck check = account(
                platform.access(directory, TokenClaimsTest.jwt("{\"sub\": \"system:serviceaccount:lab:reader\"}")));

        assertThat(Findings.only(check).detail()).isEqualTo("accepted as ServiceAccount reader of namespace lab");
    }

    @Test
    void acceptsATokenThatSaysNothing() throws Exception {
        platform.on("POST", FakePlatform.WHO, 403, "{}");
        AccountCheck check = account(platform.access(directory));

        assertThat(Findings.only(check).status()).isEqualTo(Status.OK);
        assertThat(check.account()).isEqualTo(Account.UNKNOWN);
    }

    @Test
    void saysWhatToDoAboutATokenThatIsRefused() throws Exception {
        platform.on("POST", FakePlatform.WHO, 401, "{}");
        AccountCheck check = account(platform.access(directory));

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("401").doesNotContain(FakePlatform.TOKEN);
        assertThat(finding.fix()).contains("kubernetes.io/service-account-token");
        assertThat(check.account()).isNull();
    }

    @Test
    void saysThatATokenHasExpired() throws Exception {
        platform.on("POST", FakePlatform.WHO, 401, "{}");
        Finding finding =
                Findings.only(account(platform.access(directory, TokenClaimsTest.jwt("{\"exp\": 1763020800}"))));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).isEqualTo("the token expired at 2025-11-13T08:00:00Z");
    }

    @Test
    void isNotContentWithBeingAnonymous() throws Exception {
        platform.on(
                "POST", FakePlatform.WHO, 201, "{\"status\": {\"userInfo\": {\"username\": \"system:anonymous\"}}}");
        AccountCheck check = account(platform.access(directory));

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("anonymous");
        assertThat(check.account()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"403, basic-user", "500, control plane"})
    void saysThatNothingIsSaidAboutTheCredentials(int status, String fix) throws Exception {
        platform.on("POST", FakePlatform.WHO, 404, "{}").on("POST", FakePlatform.REVIEWS, status, "{}");

        Finding finding = Findings.only(account(platform.access(directory)));
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.fix()).contains(fix);
    }

    @Test
    void findsKServeAndTheVersionThatIsRead() throws Exception {
        Cluster cluster = platform.cluster(directory);

        assertThat(Findings.only(KServeCheck.inferenceServices(cluster)))
                .isEqualTo(Finding.ok("crd inferenceservices", "installed, read in version v1beta1"));
        assertThat(Findings.only(KServeCheck.llmInferenceServices(cluster)).detail())
                .isEqualTo("installed, read in version v1alpha2");
    }

    @Test
    void warnsThatKServeIsMissingButNotThatItsNewerKindIs() throws Exception {
        Cluster cluster = platform.cluster(directory);
        platform.on("GET", FakePlatform.definitionPath("inferenceservices"), 404, "{}");
        platform.on("GET", FakePlatform.definitionPath("llminferenceservices"), 404, "{}");
        KServeCheck check = KServeCheck.inferenceServices(cluster);

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("not installed");
        assertThat(check.isAbsent()).isTrue();
        assertThat(Findings.only(KServeCheck.llmInferenceServices(cluster)).status())
                .isEqualTo(Status.SKIP);
    }

    @Test
    void warnsThatKServeIsTooOld() throws Exception {
        platform.definition("inferenceservices", "v1alpha2");
        KServeCheck check = KServeCheck.inferenceServices(platform.cluster(directory));

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("serves only v1alpha2");
        assertThat(finding.fix()).contains("v1beta1");
    }

    @Test
    void saysWhetherThereAreRoutes() throws Exception {
        RoutesCheck there = new RoutesCheck(platform.cluster(directory));
        assertThat(Findings.only(there)).isEqualTo(Finding.ok("routes API", "served"));
        assertThat(there.isAbsent()).isFalse();

        platform.on("GET", "/apis/route.openshift.io/v1", 404, "404 page not found");
        RoutesCheck absent = new RoutesCheck(platform.cluster(directory));
        assertThat(Findings.only(absent).status()).isEqualTo(Status.SKIP);
        assertThat(absent.isAbsent()).isTrue();
    }

    @Test
    void asksApiDiscoveryWhereDefinitionsMayNotBeRead() throws Exception {
        Cluster cluster = platform.cluster(directory);
        platform.on("GET", FakePlatform.definitionPath("inferenceservices"), 403, "{}");
        platform.on("GET", FakePlatform.definitionPath("llminferenceservices"), 403, "{}");
        platform.on("GET", GROUP + "v1beta1", 200, "{\"resources\": [{\"name\": \"inferenceservices\"}]}");

        assertThat(Findings.only(KServeCheck.inferenceServices(cluster)).status())
                .isEqualTo(Status.OK);
        assertThat(Findings.only(KServeCheck.llmInferenceServices(cluster)).status())
                .isEqualTo(Status.SKIP);
    }

    @Test
    void warnsThatNobodySaysWhetherKServeIsThere() throws Exception {
        platform.on("GET", FakePlatform.definitionPath("inferenceservices"), 403, "{}");
        platform.on("GET", GROUP + "v1beta1", 403, "{}");
        KServeCheck check = KServeCheck.inferenceServices(platform.cluster(directory));

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.fix()).contains("system:discovery");
        assertThat(check.isAbsent()).isFalse();
    }

    private AccountCheck account(KubernetesAccess access) {
        return new AccountCheck(new Cluster(access, FakePlatform.PATIENCE), access, () -> NOW);
    }
}
