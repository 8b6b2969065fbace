package io.modelconnector.kserve.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.kserve.internal.Fields;
import io.modelconnector.kserve.testing.Json;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {
    private static final String NAMESPACE = "model-registries";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "public-rest, -, public",
                "public-https, -, public",
                "public-http, -, public",
                "public, -, public",
                "-rest, -, -rest",
                "public-rest-https, -, public-rest",
                "anything-https, public, public"
            })
    void namesARegistryByItsLabelElseByItsRoute(String route, @Nullable String app, String name) {
        assertThat(Findings.of(List.of(route(route, app, "registry.example.com")), List.of(), List.of())
                        .registries())
                .containsExactly(new DiscoveredService(name, NAMESPACE, URI.create("https://registry.example.com")));
    }

    @Test
    void takesARouteNamedCatalogForTheCatalog() {
        Findings findings = Findings.of(
                List.of(
                        route("model-catalog-https", null, "catalog.example.com"),
                        route("public-https", null, "r.example.com")),
                List.of(),
                List.of());

        assertThat(findings.catalog())
                .isEqualTo(
                        new DiscoveredService("model-catalog", NAMESPACE, URI.create("https://catalog.example.com")));
        assertThat(findings.registries()).extracting(DiscoveredService::name).containsExactly("public");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routing.opendatahub.io/external-address-rest | public-rest.apps.example.com:443 |"
                        + " https://public-rest.apps.example.com:443",
                "routing.kubeflow.org/external-address-rest | gateway.example.com/model-registry/public |"
                        + " https://gateway.example.com/model-registry/public",
                "routing.opendatahub.io/external-address-rest | gateway.example.com/model-registry/public/ |"
                        + " https://gateway.example.com/model-registry/public",
                "routing.opendatahub.io/external-address-rest | https://gateway.example.com/x |"
                        + " https://gateway.example.com/x",
                "routing.opendatahub.io/external-address-rest | HTTPS://gateway.example.com/x |"
                        + " https://gateway.example.com/x",
                "routing.opendatahub.io/external-address-rest | not a host | https://public.model-registries.svc:8443",
                "routing.opendatahub.io/external-address-grpc | a.example.com |"
                        + " https://public.model-registries.svc:8443",
            })
    void takesTheExternalAddressOfAService(String annotation, String value, String uri) {
        String annotations = "'" + annotation + "': '" + value + "'";
        ExposedService service = service("public", "model-registry", annotations, "{name: 'https-api', port: 8443}");

        assertThat(Findings.of(List.of(), List.of(service), List.of()).registries())
                .containsExactly(new DiscoveredService("public", NAMESPACE, URI.create(uri)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: 'https-api', port: 8443} | https://public.model-registries.svc:8443",
                "{name: 'http-api', port: 8080} | http://public.model-registries.svc:8080",
                "{name: 'http-api', port: 8080}, {name: 'https-api', port: 8443} |"
                        + " https://public.model-registries.svc:8443",
                "{name: 'grpc-api', port: 9090}, {name: 'http-api', port: 8080} |"
                        + " http://public.model-registries.svc:8080"
            })
    void takesThePortOfAServiceWithoutAnExternalAddress(String ports, String uri) {
        ExposedService service = service("public", "model-registry", "", ports);

        assertThat(Findings.of(List.of(), List.of(service), List.of()).registries())
                .extracting(DiscoveredService::baseUri)
                .containsExactly(URI.create(uri));
    }

    @Test
    void findsARegistryWithRouteAndServiceOnceByItsRoute() {
        Findings findings = Findings.of(
                List.of(
                        route("public-http", "public", "plain.example.com"),
                        route("public-https", "public", "public.example.com")),
                List.of(service("public", "model-registry", "", "{name: 'https-api', port: 8443}")),
                List.of());

        assertThat(findings.registries())
                .extracting(DiscoveredService::baseUri)
                .containsExactly(URI.create("https://public.example.com"));
    }

    @Test
    void findsOneNameInTwoNamespacesTwice() {
        ExposedRoute other = new ExposedRoute("other", "public-https", null, "other.example.com");
        Findings findings =
                Findings.of(List.of(route("public-https", null, "public.example.com"), other), List.of(), List.of());

        assertThat(findings.registries())
                .extracting(DiscoveredService::namespace)
                .containsExactly(NAMESPACE, "other");
    }

    @Test
    void takesTheServiceOfARouteThatNoRouterAdmittedYet() {
        Findings findings = Findings.of(
                List.of(route("public-https", "public", null)),
                List.of(service("public", "model-registry", "", "{name: 'https-api', port: 8443}")),
                List.of());

        assertThat(findings.registries())
                .extracting(DiscoveredService::baseUri)
                .containsExactly(URI.create("https://public.model-registries.svc:8443"));
        assertThat(findings.problems())
                .containsExactly(new Problem(
                        "Route model-registries/public-https", "has no host yet; check that a router admits it"));
    }

    @Test
    void takesTheCatalogFromItsService() {
        Findings findings = Findings.of(
                List.of(),
                List.of(
                        service(
                                "model-catalog",
                                "model-catalog",
                                "'a/external-address-rest': 'gw.example.com/catalog'",
                                ""),
                        service("public", "model-registry", "", "{name: 'http-api', port: 8080}")),
                List.of());

        assertThat(findings.catalog())
                .isEqualTo(new DiscoveredService(
                        "model-catalog", NAMESPACE, URI.create("https://gw.example.com/catalog")));
        assertThat(findings.registries()).hasSize(1);
    }

    @Test
    void takesOneCatalogAndReportsAnother() {
        ExposedRoute second = new ExposedRoute("z", "model-catalog-https", null, "second.example.com");
        Findings findings = Findings.of(
                List.of(second, route("model-catalog-https", null, "first.example.com")),
                List.of(service("model-catalog", "model-catalog", "", "{name: 'https-api', port: 8443}")),
                List.of());

        assertThat(findings.catalog()).isNotNull();
        assertThat(findings.catalog().baseUri()).isEqualTo(URI.create("https://first.example.com"));
        assertThat(findings.problems()).extracting(Problem::item).containsExactly("model catalog in namespace z");
    }

    @Test
    void takesOnlyTheRoutesThatAreNamed() {
        List<RouteName> only = List.of(RouteName.parse("public-https"), RouteName.parse("elsewhere:private-rest"));
        Findings findings = Findings.of(
                List.of(
                        route("public-https", null, "public.example.com"),
                        route("private-rest", null, "wrong.example.com"),
                        new ExposedRoute("elsewhere", "private-rest", null, "private.example.com"),
                        route("team-https", null, "team.example.com"),
                        route("model-catalog-https", null, "catalog.example.com")),
                List.of(service("more", "model-registry", "", "{name: 'https-api', port: 8443}")),
                only);

        assertThat(findings.registries()).extracting(DiscoveredService::name).containsExactly("private", "public");
        assertThat(findings.registries().get(0).namespace()).isEqualTo("elsewhere");
        assertThat(findings.catalog()).isNotNull();
    }

    @Test
    void takesANamedRouteForARegistryWhateverItsName() {
        Findings findings = Findings.of(
                List.of(
                        route("catalog-team-https", null, "team.example.com"),
                        route("model-catalog-https", null, "catalog.example.com")),
                List.of(),
                List.of(RouteName.parse("catalog-team-https")));

        assertThat(findings.registries()).extracting(DiscoveredService::name).containsExactly("catalog-team");
        assertThat(findings.catalog()).isNotNull();
        assertThat(findings.catalog().name()).isEqualTo("model-catalog");
        assertThat(findings.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://gateway.example.com/x", "grpc://gateway.example.com", "https://http://a.example.com"})
    void takesThePortWhereTheExternalAddressHasAnotherScheme(String address) {
        ExposedService service = service(
                "public",
                "model-registry",
                "'a/external-address-rest': '" + address + "'",
                "{name: 'https-api', port: 8443}");
        Findings findings = Findings.of(List.of(), List.of(service), List.of());

        assertThat(findings.registries())
                .extracting(DiscoveredService::baseUri)
                .containsExactly(URI.create("https://public.model-registries.svc:8443"));
        assertThat(findings.problems())
                .containsExactly(new Problem(
                        "Service model-registries/public",
                        "has the external address \"" + address + "\", which makes no https URL; correct it"));
    }

    @Test
    void reportsANamedRouteThatIsNotThere() {
        Findings findings = Findings.of(List.of(), List.of(), List.of(RouteName.parse("elsewhere:private-rest")));
        assertThat(findings.problems())
                .containsExactly(new Problem(
                        "Route elsewhere:private-rest",
                        "is named as a registry and is not there; create it, or correct the name"));
    }

    @Test
    void reportsWhatCannotBeUsed() {
        Findings findings = Findings.of(
                List.of(route("public-https", null, "no host")),
                List.of(
                        service("a", "model-registry", "", "{name: 'grpc-api', port: 9090}"),
                        service("b", "model-registry", "'x/external-address-rest': 'user@host?x'", "")),
                List.of());

        assertThat(findings.registries()).isEmpty();
        assertThat(findings.problems())
                .extracting(Problem::item)
                .containsExactly(
                        "Route model-registries/public-https",
                        "Service model-registries/a",
                        "Service model-registries/b",
                        "Service model-registries/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "Public", "ns:", ":x/y", "NS:route", "a:b:c"})
    void refusesWhatNamesNoRoute(String text) {
        assertThatThrownBy(() -> RouteName.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("registryRoutes");
    }

    private static ExposedRoute route(String name, @Nullable String app, @Nullable String host) {
        String labels = app == null ? "{}" : "{app: '" + app + "'}";
        String status = host == null ? "{}" : "{ingress: [{host: '" + host + "'}, {host: 'second.example.com'}]}";
        return ExposedRoute.read(Fields.of(Json.object("{metadata: {namespace: '" + NAMESPACE + "', name: '" + name
                + "', labels: " + labels + "}, status: " + status + "}")));
    }

    private static ExposedService service(String name, String component, String annotations, String ports) {
        return ExposedService.read(Fields.of(Json.object("{metadata: {namespace: '" + NAMESPACE + "', name: '" + name
                + "', labels: {component: '" + component + "'}, annotations: {" + annotations + "}}, spec: {ports: ["
                + ports + "]}}")));
    }
}
