package io.modelconnector.rhoai.client;

import okhttp3.HttpUrl;

/**
 * What a request asks for.
 *
 * @param url where
 * @param doing what it does, for messages: {@code listing model_versions}
 */
record Target(HttpUrl url, String doing) {
    /** The address as it may be shown: without the query, which holds page tokens. */
    String address() {
        return url.newBuilder().query(null).build().toString();
    }
}
