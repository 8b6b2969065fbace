package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.rhoai.RegistryLocation;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryCheckTest {
    private final FakePlatform platform = FakePlatform.healthy();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void saysWhichRegistriesAndWhichCatalogTheClusterHas() throws Exception {
        DiscoveryCheck check = check(Map.of());

        List<Finding> findings = check.look();
        assertThat(findings).extracting(Finding::status).containsExactly(Status.OK, Status.OK);
        assertThat(findings.get(0).detail())
                .isEqualTo("modelregistry-public in namespace rhoai-model-registries at"
                        + " http://modelregistry-public.rhoai-model-registries.svc:8080");
        assertThat(check.locations().registries())
                .extracting(RegistryLocation::namespace)
                .containsExactly("rhoai-model-registries");
        assertThat(check.locations().catalog())
                .isEqualTo(URI.create("http://model-catalog.rhoai-model-registries.svc:8080"));
    }

    @Test
    void saysWhichLabelsItLookedForWhenThereAreNone() throws Exception {
        platform.lists(FakePlatform.SERVICES);

        List<Finding> findings = check(Map.of()).look();
        assertThat(findings).extracting(Finding::status).containsExactly(Status.FAIL, Status.WARN);
        assertThat(findings.get(0).detail())
                .contains("app.kubernetes.io/managed-by=model-registry-operator", "component=model-registry");
        assertThat(findings.get(0).fix()).contains("MR_ROUTE", "REGISTRY_URLS");
        assertThat(findings.get(1).detail()).contains("component=model-catalog", "no cards");
        assertThat(findings.get(1).fix()).contains("CATALOG_URL");
    }

    @Test
    void doesNotSayThatThereAreNoneWhereItMayNotLook() throws Exception {
        platform.on("GET", FakePlatform.SERVICES, 403, "{}");

        List<Finding> findings = check(Map.of()).look();
        assertThat(findings).extracting(Finding::status).containsExactly(Status.FAIL, Status.WARN, Status.WARN);
        assertThat(findings.get(0).detail()).contains("none; the lines \"discovery\" say");
        assertThat(findings.get(2).detail()).contains("services", "403");
    }

    @Test
    void saysThatANamedRouteIsNotThere() throws Exception {
        List<Finding> findings = check(Map.of("MR_ROUTE", "lab:public-rest")).look();

        assertThat(findings.get(0).status()).isEqualTo(Status.FAIL);
        assertThat(findings.toString()).contains("Route lab:public-rest");
    }

    @Test
    void warnsOfASecondRegistryOfTheSameName() throws Exception {
        platform.lists(
                FakePlatform.SERVICES,
                platform.service("public", "model-registry"),
                platform.service("public", "model-registry").replace("rhoai-model-registries", "lab"));
        DiscoveryCheck check = check(Map.of());

        List<Finding> findings = check.look();
        assertThat(findings).extracting(Finding::status).containsExactly(Status.OK, Status.WARN, Status.WARN);
        assertThat(findings.get(2).detail())
                .contains("registry public of namespace rhoai-model-registries is left out");
        assertThat(check.locations().registries()).hasSize(1);
    }

    @Test
    void takesWhatIsConfiguredAndLooksNowhere() throws Exception {
        DiscoveryCheck check = check(Map.of(
                "REGISTRY_URLS", "public=https://public.example.com", "CATALOG_URL", "https://catalog.example.com"));

        List<Finding> findings = check.look();
        assertThat(findings).extracting(Finding::status).containsExactly(Status.OK, Status.OK);
        assertThat(findings.get(0).detail()).isEqualTo("REGISTRY_URLS: public at https://public.example.com");
        assertThat(platform.requests()).isEmpty();
        assertThat(check.locations().registries()).hasSize(1);
    }

    @Test
    void skipsWhatNeedsAClusterThatIsNotThere() throws Exception {
        List<Finding> findings =
                new DiscoveryCheck(ConnectorSettings.from(Map.of()), null, FakePlatform.PATIENCE).look();

        assertThat(findings).extracting(Finding::status).containsExactly(Status.SKIP, Status.SKIP);
    }

    private DiscoveryCheck check(Map<String, String> environment) {
        return new DiscoveryCheck(
                ConnectorSettings.from(environment), platform.cluster(directory), FakePlatform.PATIENCE);
    }
}
