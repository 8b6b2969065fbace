package io.modelconnector.kserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.kserve.internal.Fields;
import io.modelconnector.kserve.testing.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingObjectTest {
    private static final String READY = "{type: 'Ready', status: 'True'}";
    private static final String PREDICTOR_READY = "{type: 'PredictorReady', status: 'True'}";
    private static final String INGRESS_READY = "{type: 'IngressReady', status: 'True'}";

    @Test
    void keepsWhatAnInferenceServiceSays() {
        ServingObject object = inferenceService("{metadata: {namespace: 'ml-prod', name: 'granite',"
                + " creationTimestamp: '2026-03-01T10:00:00Z', labels: {team: 'genai'}, annotations:"
                + " {'rhdh.io/owner': 'user:ada', 'kubectl.kubernetes.io/last-applied-configuration': '{}'}},"
                + " spec: {predictor: {model: {storageUri: 'oci://quay.io/models/granite:3'}}},"
                + " status: {url: 'https://granite.example.com', address: {url: 'http://granite.ml-prod.svc'},"
                + " modelStatus: {transitionStatus: 'UpToDate'}, conditions: [" + READY + "]}}");

        assertThat(object.namespace()).isEqualTo("ml-prod");
        assertThat(object.name()).isEqualTo("granite");
        assertThat(object.created()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(object.labels()).containsEntry("team", "genai").hasSize(1);
        assertThat(object.annotations())
                .containsEntry("rhdh.io/owner", "user:ada")
                .hasSize(1);
        assertThat(object.artifactUri()).isEqualTo("oci://quay.io/models/granite:3");
        assertThat(object.urls()).containsExactly("https://granite.example.com", "http://granite.ml-prod.svc");
        assertThat(object.ready()).isTrue();
    }

    @Test
    void needsNoMoreThanANamespaceAndAName() {
        ServingObject object = inferenceService("{metadata: {namespace: 'ml-prod', name: 'granite'}}");

        assertThat(object.ready()).isFalse();
        assertThat(object.urls()).isEmpty();
        assertThat(object.created()).isNull();
        assertThat(object.artifactUri()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{storageUri: 's3://a', storage: {path: 'b'}} | s3://a",
                "{storage: {key: 'aws', path: 'models/granite'}} | s3://models/granite",
                "{storageUri: '  ', storage: {path: 'b'}} | s3://b",
                "{storage: {key: 'aws'}} | -",
                "{} | -",
                "null | -"
            })
    void findsTheArtifactInItsStorage(String model, String artifact) {
        ServingObject object = inferenceService(
                "{metadata: {namespace: 'ml-prod', name: 'granite'}, spec: {predictor: {model: " + model + "}}}");
        assertThat(object.artifactUri()).isEqualTo(artifact);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                READY + "," + PREDICTOR_READY + "," + INGRESS_READY + " | UpToDate | true",
                READY + " | UpToDate | true",
                "{type: 'Stopped', status: 'False'} | UpToDate | true",
                "{type: 'RoutesReady', status: 'False'}," + READY + " | UpToDate | true",
                "'' | UpToDate | false",
                "{type: 'Ready', status: 'False'} | UpToDate | false",
                "{type: 'Ready', status: 'Unknown'} | UpToDate | false",
                "{type: 'Ready'} | UpToDate | false",
                READY + ",{type: 'PredictorReady', status: 'False'} | UpToDate | false",
                READY + ",{type: 'IngressReady', status: 'False'} | UpToDate | false",
                READY + " | InProgress | false",
                READY + " | BlockedByFailedLoad | false",
                READY + " | '' | false",
            })
    void isReadyWhenNoConditionDeniesItAndTheModelIsUpToDate(String conditions, String transition, boolean ready) {
        ServingObject object = inferenceService("{metadata: {namespace: 'ml-prod', name: 'granite'}, status:"
                + " {conditions: [" + conditions + "], modelStatus: {transitionStatus: '" + transition + "'}}}");
        assertThat(object.ready()).isEqualTo(ready);
    }

    @Test
    void keepsWhatAnLlmInferenceServiceSays() {
        ServingObject object = llm("{metadata: {namespace: 'llm', name: 'qwen'}, spec: {model: {uri:"
                + " 'hf://Qwen/Qwen3', name: 'Qwen/Qwen3'}}, status: {url: 'https://a', address: {url: 'http://b'},"
                + " addresses: [{name: 'gateway', url: 'https://c'}, {name: 'none'}, {url: 'http://d'}], conditions:"
                + " [{type: 'WorkloadsReady', status: 'False'}, " + READY + "]}}");

        assertThat(object.artifactUri()).isEqualTo("hf://Qwen/Qwen3");
        assertThat(object.urls()).containsExactly("https://a", "http://b", "https://c", "http://d");
        assertThat(object.ready()).isTrue();
        assertThat(object.kind()).isEqualTo("LLMInferenceService");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{type: 'Ready', status: 'False'}", "{type: 'WorkloadsReady', status: 'True'}"})
    void isNoReadyLlmInferenceServiceWithoutTheConditionReady(String conditions) {
        ServingObject object =
                llm("{metadata: {namespace: 'llm', name: 'qwen'}, status: {conditions: [" + conditions + "]}}");
        assertThat(object.ready()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{metadata: {namespace: 'a', name: 'b'}, status: {url: 7}} | status.url is a number, not a text",
                "{metadata: {namespace: 'a', name: 'b'}, status: []} | status is a list, not an object",
                "{metadata: {namespace: 'a', name: 'b'}, status: {conditions: 'x'}} | status.conditions is a text, not"
                        + " a list",
                "{metadata: {namespace: 'a', name: 'b'}, status: {conditions: ['x']}} | status.conditions[0] is a text,"
                        + " not an object",
                "{metadata: {namespace: 'a', name: 'b', labels: {x: true}}} | metadata.labels.x is a boolean, not a"
                        + " text",
                "{metadata: {namespace: 'a', name: 'b', creationTimestamp: 'now'}} | metadata.creationTimestamp is no"
                        + " time as in RFC 3339",
                "{metadata: {namespace: 'a'}} | metadata.name is missing",
                "{metadata: {namespace: 'a', name: 'b'}, status: {conditions: [null]}} | status.conditions[0] is null,"
                        + " not an object",
                "{} | metadata.namespace is missing"
            })
    void saysWhatCannotBeUnderstood(String object, String message) {
        assertThatThrownBy(() -> inferenceService(object))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessage(message);
    }

    @Test
    void neverFailsInAnotherWayHoweverAnObjectIsMangled() {
        ObjectNode whole = Json.object("{metadata: {namespace: 'ml-prod', name: 'granite', creationTimestamp:"
                + " '2026-03-01T10:00:00Z', labels: {team: 'genai'}, annotations: {a: 'b'}, ownerReferences: [{kind:"
                + " 'InferenceService', name: 'granite'}]}, spec: {predictor: {model: {storageUri: 'x', storage:"
                + " {path: 'y'}}}, model: {uri: 'z'}, ports: [{port: 80, targetPort: 8080, name: 'http'}]}, status:"
                + " {url: 'https://a', address: {url: 'b'}, addresses: [{url: 'c'}], modelStatus: {transitionStatus:"
                + " 'UpToDate'}, conditions: [" + READY + "]}}");
        Random random = new Random(20261121);
        for (int i = 0; i < 5000; i++) {
            JsonNode mangled = mangle(whole.deepCopy(), random);
            List<Runnable> readers = List.of(
                    () -> ServingObject.inferenceService(Fields.of(mangled)),
                    () -> ServingObject.llmInferenceService(Fields.of(mangled)),
                    () -> PredictorService.read(Fields.of(mangled)),
                    () -> Owner.of(Fields.of(mangled).object("metadata")));
            for (Runnable reader : readers) {
                try {
                    reader.run();
                } catch (MalformedResponseException e) {
                    assertThat(e).message().contains(" is ");
                }
            }
        }
    }

    /** Replaces or removes one value somewhere. */
    private static JsonNode mangle(ObjectNode object, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(object, containers);
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        JsonNode value = List.of(
                        nodes.nullNode(),
                        nodes.numberNode(-7),
                        nodes.numberNode(1e300),
                        nodes.booleanNode(true),
                        nodes.textNode(""),
                        nodes.textNode("\u0000:// x"),
                        nodes.arrayNode().add(1),
                        nodes.objectNode())
                .get(random.nextInt(8));
        if (chosen instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), value);
        } else if (chosen instanceof ObjectNode fields) {
            List<String> names = new ArrayList<>();
            fields.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                fields.remove(name);
            } else {
                fields.set(name, value);
            }
        }
        return object;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
        }
        node.forEach(child -> collect(child, containers));
    }

    private static ServingObject inferenceService(String json) {
        return ServingObject.inferenceService(Fields.of(Json.object(json)));
    }

    private static ServingObject llm(String json) {
        return ServingObject.llmInferenceService(Fields.of(Json.object(json)));
    }
}
