package io.modelconnector.rhoai.client;

import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of both clients collect.
 *
 * @param token gives the token of a request
 * @param settings limits, retries and trust
 * @param client the caller's own client; null to make one
 * @param listener hears of each request
 * @param timing the time and chance that retries depend on
 */
record UpstreamOptions(
        BearerToken token,
        HttpSettings settings,
        @Nullable OkHttpClient client,
        UpstreamListener listener,
        RetryTiming timing) {
    static UpstreamOptions defaults() {
        return new UpstreamOptions(
                () -> null, HttpSettings.defaults(), null, (upstream, outcome, took) -> {}, RetryTiming.system());
    }

    UpstreamOptions withToken(BearerToken token) {
        return new UpstreamOptions(token, settings, client, listener, timing);
    }

    UpstreamOptions withSettings(HttpSettings settings) {
        return new UpstreamOptions(token, settings, client, listener, timing);
    }

    UpstreamOptions withClient(OkHttpClient client) {
        return new UpstreamOptions(token, settings, client, listener, timing);
    }

    UpstreamOptions withListener(UpstreamListener listener) {
        return new UpstreamOptions(token, settings, client, listener, timing);
    }

    UpstreamOptions withTiming(RetryTiming timing) {
        return new UpstreamOptions(token, settings, client, listener, timing);
    }
}
