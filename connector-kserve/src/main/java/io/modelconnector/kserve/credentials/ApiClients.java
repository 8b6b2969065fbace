package io.modelconnector.kserve.credentials;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.credentials.Authentication;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes clients. */
final class ApiClients {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesAccess.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 5000;
    /** The official builder's default is none, which makes a plain call hang for ever. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private ApiClients() {}

    /**
     * Where the API server is, and how to know it.
     *
     * @param server its URL
     * @param ca its CA as PEM; null for the JVM's trust store
     * @param tlsServerName the name that its certificate has; null for that of the URL
     * @param verified whether its certificate is verified at all
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Settings(
            String server, byte @Nullable [] ca, @Nullable String tlsServerName, boolean verified) {}

    static ApiClient withToken(Settings settings, Supplier<String> token) {
        ApiClient client = with(settings, null);
        return client.setHttpClient(client.getHttpClient()
                .newBuilder()
                .addInterceptor(new BearerTokenInterceptor(token))
                .build());
    }

    static ApiClient with(Settings settings, @Nullable Authentication authentication) {
        if (!settings.verified() && settings.server().startsWith("https")) {
            LOG.warn("The certificate of the API server {} is not verified, as configured", shown(settings));
        }
        ClientBuilder builder = new ClientBuilder()
                .setBasePath(settings.server())
                .setVerifyingSsl(settings.verified())
                .setReadTimeout(READ_TIMEOUT);
        if (settings.ca() != null) {
            builder.setCertificateAuthority(settings.ca());
        }
        if (settings.tlsServerName() != null) {
            builder.setTlsServerName(settings.tlsServerName());
        }
        if (authentication != null) {
            builder.setAuthentication(authentication);
        }
        return builder.build().setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    }

    /** A URL may carry a password. */
    private static String shown(Settings settings) {
        String url = HttpUrl.get(settings.server())
                .newBuilder()
                .username("")
                .password("")
                .toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    static String describe(Settings settings) {
        boolean open = !settings.verified() && settings.server().startsWith("https");
        return shown(settings) + (open ? ", certificate not verified" : "");
    }
}
