package io.modelconnector.rhoai.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** A model registry of the current kind (pages are as long as asked) or the older one (20 items, at most 100). */
public final class FakeRegistry extends FakeServer {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PARENT = "parent";

    private final int defaultPageSize;
    private final int maxPageSize;
    private final AtomicLong now = new AtomicLong(1_750_000_000_000L);
    private final Map<String, Map<String, ObjectNode>> collections = new ConcurrentHashMap<>();
    private volatile boolean frozen;

    private FakeRegistry(int defaultPageSize, int maxPageSize, SSLSocketFactory tls) {
        this.defaultPageSize = defaultPageSize;
        this.maxPageSize = maxPageSize;
        start(tls);
    }

    /** A registry as they are now. */
    public static FakeRegistry current() {
        return new FakeRegistry(Integer.MAX_VALUE, Integer.MAX_VALUE, null);
    }

    /** A registry as they were. */
    public static FakeRegistry older() {
        return new FakeRegistry(20, 100, null);
    }

    /** A registry behind TLS. */
    public static FakeRegistry secure(SSLSocketFactory tls) {
        return new FakeRegistry(Integer.MAX_VALUE, Integer.MAX_VALUE, tls);
    }

    /** Adds or changes a registered model. */
    public FakeRegistry model(String id, String name) {
        return put("registered_models", id, "name", name, "state", "LIVE", "owner", "team-a");
    }

    /** Adds or changes the readme of a registered model. */
    public FakeRegistry readme(String modelId, String readme) {
        return put("registered_models", modelId, "readme", readme);
    }

    /** Adds or changes a version. */
    public FakeRegistry version(String id, String modelId, String name) {
        return put("model_versions", id, "name", name, "state", "LIVE", "registeredModelId", modelId);
    }

    /** Adds or changes a model artifact; of several versions, if they are joined by commas. */
    public FakeRegistry artifact(String id, String versionId, String uri) {
        return put("artifacts", id, PARENT, versionId, "artifactType", "model-artifact", "uri", uri, "state", "LIVE");
    }

    /** Has a model artifact name a card. */
    public FakeRegistry card(String artifactId, String source, String group, String name) {
        return put(
                "artifacts",
                artifactId,
                "modelSourceKind",
                "catalog",
                "modelSourceClass",
                source,
                "modelSourceGroup",
                group,
                "modelSourceName",
                name);
    }

    /** Adds models with one version and one artifact each; the ids of models, versions and artifacts are odd, even, and as the version's. */
    public FakeRegistry models(int count) {
        for (int i = 1; i <= count; i++) {
            String model = Integer.toString(2 * i - 1);
            String version = Integer.toString(2 * i);
            model(model, "granite-" + i)
                    .version(version, model, "v1")
                    .artifact(version, version, "oci://quay.io/m:" + i);
        }
        return this;
    }

    /** Adds or changes fields of an item; a null removes one. What is changed gets a new time. */
    public FakeRegistry put(String collection, String id, String... namesAndValues) {
        ObjectNode item = of(collection)
                .getOrDefault(id, MAPPER.createObjectNode().put("id", id))
                .deepCopy();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            item.put(namesAndValues[i], namesAndValues[i + 1]);
            if (namesAndValues[i + 1] == null) {
                item.remove(namesAndValues[i]);
            }
        }
        return replace(collection, id, item);
    }

    /** Adds or replaces an item, whatever it is made of. */
    public FakeRegistry put(String collection, String id, String json) {
        try {
            return replace(collection, id, (ObjectNode) MAPPER.readTree(json));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private FakeRegistry replace(String collection, String id, ObjectNode item) {
        long time = frozen ? now.get() : now.addAndGet(1000);
        item.put("lastUpdateTimeSinceEpoch", Long.toString(time));
        of(collection).put(id, item);
        return this;
    }

    /** All further changes happen in the same millisecond. */
    public void freezeTime() {
        now.addAndGet(1000);
        frozen = true;
    }

    /** Deletes an item. */
    public FakeRegistry delete(String collection, String id) {
        of(collection).remove(id);
        return this;
    }

    private Map<String, ObjectNode> of(String collection) {
        return collections.computeIfAbsent(collection, name -> new ConcurrentHashMap<>());
    }

    @Override
    protected MockResponse answer(RecordedRequest request) {
        List<String> path = request.getUrl().pathSegments();
        int api = path.indexOf("v1alpha3");
        if (api < 0 || !path.subList(0, api + 1).toString().endsWith("api, model_registry, v1alpha3]")) {
            return new MockResponse.Builder()
                    .code(404)
                    .body("404 page not found\n")
                    .build();
        }
        List<String> rest = path.subList(api + 1, path.size());
        if (rest.size() == 1) {
            return list(request.getUrl(), of(rest.get(0)).values().stream());
        }
        if (rest.size() == 2 && of(rest.get(0)).containsKey(rest.get(1))) {
            return json(of(rest.get(0)).get(rest.get(1)).deepCopy().without(PARENT));
        }
        if (rest.size() == 3
                && rest.get(0).equals("model_versions")
                && rest.get(2).equals("artifacts")) {
            return list(
                    request.getUrl(),
                    of("artifacts").values().stream()
                            .filter(item -> List.of(item.path(PARENT).asText().split(","))
                                    .contains(rest.get(1))));
        }
        return error(404, "not found");
    }

    private MockResponse list(HttpUrl url, Stream<ObjectNode> items) {
        String type = url.queryParameter("artifactType");
        boolean byTime = "LAST_UPDATE_TIME".equals(url.queryParameter("orderBy"));
        String asked = url.queryParameter("pageSize");
        int size = Math.min(asked == null ? defaultPageSize : Integer.parseInt(asked), maxPageSize);

        ToLongFunction<ObjectNode> value = byTime ? FakeRegistry::time : FakeRegistry::id;
        Comparator<ObjectNode> order = Comparator.comparingLong(value).thenComparingLong(FakeRegistry::id);
        Comparator<ObjectNode> sorted = "DESC".equals(url.queryParameter("sortOrder")) ? order.reversed() : order;
        List<ObjectNode> left = items.filter(item ->
                        type == null || item.path("artifactType").asText().equals(type))
                .sorted(sorted)
                .filter(item -> isAfter(item, url.queryParameter("nextPageToken"), value, sorted))
                .toList();
        List<ObjectNode> page = left.subList(0, Math.min(size, left.size()));
        String next = page.size() == left.size() ? "" : token(page.get(page.size() - 1), value);

        ArrayNode wire = JsonNodeFactory.instance.arrayNode();
        page.forEach(item -> wire.add(item.deepCopy().without(PARENT)));
        ObjectNode answer = MAPPER.createObjectNode();
        answer.set("items", wire);
        return json(answer.put("nextPageToken", next).put("pageSize", size).put("size", page.size()));
    }

    private static boolean isAfter(
            ObjectNode item, String token, ToLongFunction<ObjectNode> value, Comparator<ObjectNode> order) {
        if (token == null) {
            return true;
        }
        String[] cursor = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split(":");
        boolean descending = order.compare(at(2, 2), at(1, 1)) < 0;
        int byValue = Long.compare(value.applyAsLong(item), Long.parseLong(cursor[1]));
        int position = byValue != 0 ? byValue : Long.compare(id(item), Long.parseLong(cursor[0]));
        return descending ? position < 0 : position > 0;
    }

    private static ObjectNode at(long id, long time) {
        return MAPPER.createObjectNode()
                .put("id", Long.toString(id))
                .put("lastUpdateTimeSinceEpoch", Long.toString(time));
    }

    private static String token(ObjectNode last, ToLongFunction<ObjectNode> value) {
        String cursor = id(last) + ":" + value.applyAsLong(last);
        return Base64.getEncoder().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }

    private static long id(ObjectNode item) {
        return item.path("id").asLong();
    }

    private static long time(ObjectNode item) {
        return item.path("lastUpdateTimeSinceEpoch").asLong();
    }
}
