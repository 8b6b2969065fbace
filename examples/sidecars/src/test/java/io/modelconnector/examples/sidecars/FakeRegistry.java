package io.modelconnector.examples.sidecars;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A model registry whose models come and go; each has one version, {@code v1}. */
final class FakeRegistry extends Dispatcher implements AutoCloseable {
    private static final String BASE = "/api/model_registry/v1alpha3/";
    private static final long START = 1767225600000L;

    private record Model(int id, String description, long updated) {}

    private final MockWebServer server = new MockWebServer();
    private final Map<String, Model> models = new TreeMap<>();
    private int ids;
    private long time = START;

    FakeRegistry(String... names) throws IOException {
        for (String name : names) {
            describe(name, "Chat and summaries.");
        }
        server.setDispatcher(this);
        server.start();
    }

    /** As {@code REGISTRY_URLS} has it. */
    String setting() {
        return "public=" + server.url("/");
    }

    /** Adds a model, or changes one. */
    synchronized FakeRegistry describe(String name, String description) {
        Model known = models.get(name);
        time += 1000;
        models.put(name, new Model(known == null ? ++ids : known.id(), description, time));
        return this;
    }

    synchronized FakeRegistry remove(String name) {
        models.remove(name);
        return this;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        return switch (request.getUrl().encodedPath()) {
            case BASE + "registered_models" ->
                list(models.entrySet().stream()
                        .map(model -> "{\"id\":\"" + model.getValue().id() + "\",\"name\":\"" + model.getKey()
                                + "\",\"description\":\""
                                + model.getValue().description() + "\",\"state\":\"LIVE\","
                                + times(model.getValue()) + '}')
                        .collect(Collectors.joining(",")));
            case BASE + "model_versions" ->
                list(models.values().stream()
                        .map(model -> "{\"id\":\"" + (1000 + model.id()) + "\",\"registeredModelId\":\"" + model.id()
                                + "\",\"name\":\"v1\",\"state\":\"LIVE\"," + times(model) + '}')
                        .collect(Collectors.joining(",")));
            default -> list("");
        };
    }

    private static String times(Model model) {
        return "\"createTimeSinceEpoch\":\"" + START + "\",\"lastUpdateTimeSinceEpoch\":\"" + model.updated() + '"';
    }

    private static MockResponse list(String items) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body("{\"items\":[" + items + "],\"nextPageToken\":\"\",\"pageSize\":0,\"size\":0}")
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
