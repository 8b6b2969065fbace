package io.modelconnector.examples.quickstart;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** The API server of a cluster in which nothing of KServe is installed. */
final class ClusterWithoutKServe extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder()
                .code(404)
                .addHeader("Content-Type", "application/json")
                .body(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}")
                .build();
    }
}
