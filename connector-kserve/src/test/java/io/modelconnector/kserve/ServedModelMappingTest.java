package io.modelconnector.kserve;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.ServedModel;
import io.modelconnector.kserve.internal.Fields;
import io.modelconnector.kserve.testing.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs, readiness and authentication. The Services are those of the InferenceService granite in ml-prod. */
class ServedModelMappingTest {
    private static final String NO_PORT = "";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // status.url | status.address.url | port | external | internal
                "https://g.example.com | - | {port: 80, targetPort: 8080} | https://g.example.com | http://S:8080",
                "https://g.example.com | http://x.ml-prod.svc.cluster.local | - | https://g.example.com | -",
                "http://g.ml-prod.svc.cluster.local | - | {port: 80, targetPort: 8080} | - | http://S:8080",
                "http://g.ml-prod.svc.cluster.local/v1 | - | - | - | http://g.ml-prod.svc.cluster.local/v1",
                "HTTP://G.ML-PROD.SVC:8080 | - | - | - | HTTP://G.ML-PROD.SVC:8080",
                "http://g.ml-prod.svc.cluster.local. | - | - | - | http://g.ml-prod.svc.cluster.local.",
                "https://svc.cluster.local.example.com | - | - | https://svc.cluster.local.example.com | -",
                "https://example.com/x.svc.cluster.local | - | - | https://example.com/x.svc.cluster.local | -",
                "https://user@g.ml-prod.svc | - | - | - | https://user@g.ml-prod.svc",
                "see wiki | - | - | see wiki | -",
                "- | https://a.example.com | {port: 80} | https://a.example.com | http://S",
                "- | http://a.ml-prod.svc.cluster.local | - | - | http://a.ml-prod.svc.cluster.local",
                "- | http://a.ml-prod.svc.cluster.local | {port: 80} | - | http://S",
                "- | - | {port: 80, targetPort: 8080} | - | http://S:8080",
                "- | - | - | - | -"
            })
    void tellsUrlsInsideOfTheClusterFromThoseOutside(
            @Nullable String url, @Nullable String address, @Nullable String port, String external, String internal) {
        ServedModel served = map(object(url, address), port == null ? List.of() : List.of(service("granite", port)));

        assertThat(served.externalUrl()).isEqualTo(external);
        assertThat(served.internalUrl()).isEqualTo(predictor(internal));
        assertThat(served.ready()).isEqualTo(external != null || internal != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{port: 80} | http://S",
                "{port: 80, targetPort: 80} | http://S",
                "{port: 80, targetPort: 8080} | http://S:8080",
                "{port: 8033} | http://S:8033",
                "{port: 8033, targetPort: 80} | http://S",
                "{port: 8033, targetPort: 'http1'} | http://S:8033",
                "{port: 8033, targetPort: '8080'} | http://S:8080",
                "{port: 8443, targetPort: 'https'} | https://S:8443",
                "{port: 9000, targetPort: 'https-main'} | https://S:9000",
                "{port: 9000, name: 'https'} | https://S:9000",
                "{port: 9000, name: 'https-api'} | https://S:9000",
                "{port: 9000, name: 'httpsfake'} | http://S:9000",
                "{port: 9000, appProtocol: 'https'} | https://S:9000",
                "{port: 9000, appProtocol: 'kubernetes.io/h2c'} | http://S:9000",
                "{port: 443} | https://S:443",
                "{port: 8443} | https://S:8443",
                "{port: 443, targetPort: 9443} | https://S:9443",
                "{port: 80, targetPort: 8443} | https://S:8443",
                "{port: 80, name: 'https'} | https://S:80",
            })
    void takesSchemeAndPortFromTheFirstPort(String port, String internal) {
        ServedModel served = map(object(null, null), List.of(service("granite", port)));
        assertThat(served.internalUrl()).isEqualTo(predictor(internal));
    }

    @Test
    void takesAServiceWithoutPortsAsItIs() {
        ServedModel served = map(object(null, null), List.of(service("granite", NO_PORT)));
        assertThat(served.internalUrl()).isEqualTo("http://granite-predictor.ml-prod.svc.cluster.local");
    }

    @Test
    void prefersTheServiceNamedAfterItThenTheFirstByName() {
        PredictorService named = service("granite", "{port: 80}");
        PredictorService early = service("a", "{port: 80}");
        PredictorService late = service("z", "{port: 80}");

        assertThat(map(object(null, null), List.of(late, named, early)).internalUrl())
                .isEqualTo("http://granite-predictor.ml-prod.svc.cluster.local");
        assertThat(map(object(null, null), List.of(late, early)).internalUrl())
                .isEqualTo("http://a-predictor.ml-prod.svc.cluster.local");
    }

    @ParameterizedTest
    @CsvSource({
        "ml-test, InferenceService, granite",
        "ml-prod, LLMInferenceService, granite",
        "ml-prod, InferenceService, llama"
    })
    void leavesAloneWhatAnotherOwns(String namespace, String kind, String owner) {
        Owner other = new Owner(namespace, kind, owner);
        PredictorService service = new PredictorService("granite-predictor", List.of(other), null);
        ServedModel served = new ServedModelMapping(List.of(service), List.of(List.of(other))).map(object(null, null));

        assertThat(served.internalUrl()).isNull();
        assertThat(served.authentication()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "https://a.example.com http://b.llm.svc.cluster.local | https://a.example.com |"
                        + " http://b.llm.svc.cluster.local",
                "http://b.llm.svc.cluster.local https://a.example.com https://c.example.com | https://a.example.com |"
                        + " http://b.llm.svc.cluster.local",
                "http://b.llm.svc https://a.example.com http://d.llm.svc | https://a.example.com | http://b.llm.svc",
                "https://a.example.com | https://a.example.com | -",
                "http://b.llm.svc | - | http://b.llm.svc"
            })
    void takesTheFirstUrlOfEachKindForAnLlmInferenceService(String urls, String external, String internal) {
        ServingObject llm = new ServingObject(
                "LLMInferenceService",
                "llm",
                "qwen",
                null,
                Map.of(),
                Map.of(),
                true,
                Arrays.asList(urls.split(" ")),
                null);
        ServedModel served = new ServedModelMapping(List.of(), List.of()).map(llm);

        assertThat(served.externalUrl()).isEqualTo(external);
        assertThat(served.internalUrl()).isEqualTo(internal);
        assertThat(served.ready()).isTrue();
    }

    @Test
    void isAuthenticatedWhenItOwnsAServiceAccount() {
        Owner owner = new Owner("ml-prod", "InferenceService", "granite");
        ServedModel served =
                new ServedModelMapping(List.of(), List.of(List.of(owner))).map(object("https://g.example.com", null));
        assertThat(served.authentication()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "True, false"})
    void isAuthenticatedWhenItIsAnnotatedSo(String value, boolean authentication) {
        ServingObject annotated = new ServingObject(
                "InferenceService",
                "ml-prod",
                "granite",
                null,
                Map.of(),
                Map.of("security.opendatahub.io/enable-auth", value),
                true,
                List.of("https://g.example.com"),
                null);
        assertThat(new ServedModelMapping(List.of(), List.of()).map(annotated).authentication())
                .isEqualTo(authentication);
    }

    @Test
    void isNotReadyThoughItHasAUrlWhenItsConditionsDenyIt() {
        ServingObject loading = new ServingObject(
                "InferenceService",
                "ml-prod",
                "granite",
                null,
                Map.of(),
                Map.of(),
                false,
                List.of("https://g.example.com"),
                null);
        ServedModel served = new ServedModelMapping(List.of(), List.of()).map(loading);
        assertThat(served.ready()).isFalse();
        assertThat(served.externalUrl()).isEqualTo("https://g.example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{metadata: {namespace: 'ml-prod', name: 'granite-predictor'}}",
                "{metadata: {namespace: 'ml-prod', name: 'granite-predictor', ownerReferences: [{kind: 'Deployment',"
                        + " name: 'granite'}]}}",
                "{metadata: {namespace: 'ml-prod', name: 'granite-metrics', ownerReferences: [{kind:"
                        + " 'InferenceService', name: 'granite'}]}}"
            })
    void keepsNoServiceThatLeadsToNoPredictor(String service) {
        assertThat(PredictorService.read(Fields.of(Json.object(service)))).isNull();
    }

    private static ServedModel map(ServingObject object, List<PredictorService> services) {
        return new ServedModelMapping(services, List.of()).map(object);
    }

    private static ServingObject object(@Nullable String url, @Nullable String address) {
        List<String> urls = new ArrayList<>();
        if (url != null) {
            urls.add(url);
        }
        if (address != null) {
            urls.add(address);
        }
        return new ServingObject("InferenceService", "ml-prod", "granite", null, Map.of(), Map.of(), true, urls, null);
    }

    private static PredictorService service(String name, String port) {
        return PredictorService.read(Fields.of(Json.object("{metadata: {namespace: 'ml-prod', name: '" + name
                + "-predictor', ownerReferences: [{apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService',"
                + " name: 'granite'}]}, spec: {ports: [" + port + "]}}")));
    }

    private static @Nullable String predictor(@Nullable String url) {
        return url == null ? null : url.replace("://S", "://granite-predictor.ml-prod.svc.cluster.local");
    }
}
