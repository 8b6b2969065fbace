package io.modelconnector.examples.quickstart;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A model registry with one model, and a model catalog without any. */
final class FakeRegistry extends Dispatcher {
    private static final String REGISTRY = "/api/model_registry/v1alpha3/";
    private static final String MODEL = """
            {"id": "1", "name": "granite-3.1-8b-instruct", "description": "Chat and summaries.", "owner": "ml-platform",
             "state": "LIVE", "createTimeSinceEpoch": "1767225600000", "lastUpdateTimeSinceEpoch": "1767225600000"}
            """;
    private static final String VERSION = """
            {"id": "2", "registeredModelId": "1", "name": "v1.4", "state": "LIVE",
             "createTimeSinceEpoch": "1767225600000", "lastUpdateTimeSinceEpoch": "1767225600000"}
            """;

    private final String token;

    FakeRegistry(String token) {
        this.token = token;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (!("Bearer " + token).equals(request.getHeaders().get("Authorization"))) {
            return new MockResponse.Builder().code(401).build();
        }
        String path = request.getUrl().encodedPath();
        if (path.equals(REGISTRY + "registered_models")) {
            return list(MODEL);
        }
        if (path.equals(REGISTRY + "model_versions")) {
            return list(VERSION);
        }
        return list("");
    }

    private static MockResponse list(String item) {
        String document = "{\"items\": [" + item + "], \"nextPageToken\": \"\", \"pageSize\": 0, \"size\": "
                + (item.isEmpty() ? 0 : 1) + "}";
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(document)
                .build();
    }
}
