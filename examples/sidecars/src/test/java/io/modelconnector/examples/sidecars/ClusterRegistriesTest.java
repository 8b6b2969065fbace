package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.discovery.RegistryDiscovery;
import io.modelconnector.rhoai.RegistryLocation;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterRegistriesTest {
    private static final String REGISTRY =
            FakeCluster.service("public", "model-registry", "public-rest.apps.example.com:443");
    private static final String CATALOG =
            FakeCluster.service("model-catalog", "model-catalog", "gateway.example.com/catalog");

    private FakeCluster cluster;

    @BeforeEach
    void startCluster() throws Exception {
        cluster = new FakeCluster();
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void givesTheRegistriesAndTheCatalogOfTheCluster() throws Exception {
        cluster.lists(FakeCluster.SERVICES, REGISTRY, CATALOG);
        try (RegistryDiscovery discovery = discovery(Duration.ofSeconds(30))) {
            ClusterRegistries registries = new ClusterRegistries(discovery, false);

            assertThat(registries.locations().registries())
                    .containsExactly(new RegistryLocation(
                            "public", URI.create("https://public-rest.apps.example.com:443"), "registries"));
            assertThat(registries.locations().catalog()).isEqualTo(URI.create("https://gateway.example.com/catalog"));
            assertThat(registries.currentProblems()).isEmpty();
        }
    }

    @Test
    void leavesTheRegistriesAsideWhereOthersAreConfigured() throws Exception {
        cluster.lists(FakeCluster.SERVICES, REGISTRY, CATALOG);
        try (RegistryDiscovery discovery = discovery(Duration.ofSeconds(30))) {
            ClusterRegistries registries = new ClusterRegistries(discovery, true);

            assertThat(registries.locations().registries()).isEmpty();
            assertThat(registries.locations().catalog()).isNotNull();
        }
    }

    @Test
    void saysThatThereAreNoneOnceTheClusterWasLookedThrough() throws Exception {
        cluster.lists(FakeCluster.SERVICES);
        try (RegistryDiscovery discovery = discovery(Duration.ofSeconds(30))) {
            ClusterRegistries registries = new ClusterRegistries(discovery, false);

            assertThat(registries.locations().registries()).isEmpty();
            assertThat(registries.locations().catalog()).isNull();
        }
    }

    @Test
    void failsRatherThanSayThatThereAreNoneWhereItMayNotLook() throws Exception {
        cluster.refuses(FakeCluster.SERVICES);
        try (RegistryDiscovery discovery = discovery(Duration.ofSeconds(30))) {
            ClusterRegistries registries = new ClusterRegistries(discovery, false);

            assertThatExceptionOfType(SourceUnavailableException.class)
                    .isThrownBy(registries::locations)
                    .withMessageContaining("listing services")
                    .withMessageContaining("403");
            assertThat(registries.currentProblems()).hasSize(1);
        }
    }

    @Test
    void failsRatherThanSayThatThereAreNoneWhileTheClusterCannotBeReached() throws Exception {
        try (RegistryDiscovery discovery = discovery(Duration.ofMillis(300))) {
            cluster.close();
            ClusterRegistries registries = new ClusterRegistries(discovery, false);

            assertThatExceptionOfType(SourceUnavailableException.class)
                    .isThrownBy(registries::locations)
                    .withMessageContaining("could not be looked through");
        }
    }

    @Test
    void doesNotKeepConfiguredRegistriesWaitingForACatalog() throws Exception {
        try (RegistryDiscovery discovery = discovery(Duration.ofMillis(300))) {
            cluster.close();
            ClusterRegistries registries = new ClusterRegistries(discovery, true);

            assertThat(registries.locations().catalog()).isNull();
            assertThat(registries.currentProblems()).isNotEmpty();
        }
    }

    private RegistryDiscovery discovery(Duration limit) throws Exception {
        return RegistryDiscovery.builder(cluster.client()).syncTimeout(limit).build();
    }
}
