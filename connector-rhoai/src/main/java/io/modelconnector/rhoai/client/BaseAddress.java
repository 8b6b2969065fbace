package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import okhttp3.HttpUrl;

/** Checks the base address of a registry or catalog and appends the path of its API. */
final class BaseAddress {
    private BaseAddress() {}

    /**
     * The base of an API.
     *
     * @param setting what the address is, for messages
     * @param base the address of the server, or of a gateway with the path under which it has the server
     * @param path the path of the API, relative
     */
    static HttpUrl of(String setting, URI base, String path) {
        String scheme = base.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new ConfigurationException(
                    setting + " was " + shown(base) + ", must be an http or https address such as https://host");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new ConfigurationException(setting + " was " + shown(base)
                    + " with credentials, a query or a fragment, must be an address without; a token is given apart");
        }
        HttpUrl url = base.getRawAuthority() == null ? null : HttpUrl.parse(base.toString());
        if (url == null) {
            throw new ConfigurationException(setting + " was " + shown(base) + ", must have a host: https://host");
        }
        HttpUrl.Builder api = url.newBuilder();
        if (!url.encodedPath().endsWith("/")) {
            api.addPathSegment("");
        }
        return api.addPathSegments(path).build();
    }

    /** The address less what may be secret in it. */
    private static String shown(URI base) {
        return base.getScheme() + "://" + base.getHost()
                + (base.getPort() < 0 ? "" : ":" + base.getPort())
                + (base.getRawPath() == null ? "" : base.getRawPath());
    }
}
