package io.modelconnector.kserve.credentials;

import io.modelconnector.core.ConnectorException;
import java.io.IOException;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Gives each request the token of the moment. */
final class BearerTokenInterceptor implements Interceptor {
    private final Supplier<String> token;

    BearerTokenInterceptor(Supplier<String> token) {
        this.token = token;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        String current;
        try {
            current = token.get();
        } catch (ConnectorException e) {
            // An interceptor may fail with this only; whoever calls sees the message.
            throw new IOException(e.getMessage(), e);
        }
        return chain.proceed(chain.request()
                .newBuilder()
                .header("Authorization", "Bearer " + current)
                .build());
    }
}
