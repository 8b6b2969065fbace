package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.examples.sidecars.settings.EnvironmentReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about the Backstage that is told of entries. Immutable; its text has no secret in it.
 *
 * @param push {@code PUSH_TO_RHDH}: whether it is told at all
 * @param url {@code BKSTG_URL}: where it is; null if its Route is to be looked for
 * @param token {@code RHDH_TOKEN}: a static token of its {@code backend.auth.externalAccess}; not null where {@code push}
 *     is true
 * @param namespace {@code POD_NAMESPACE}: where its Route is looked for; null if it is not known
 * @param caFile {@code BKSTG_CA_FILE}: certificates to trust besides the usual ones
 */
public record BackstageSettings(
        boolean push,
        @Nullable URI url,
        @Nullable String token,
        @Nullable String namespace,
        @Nullable Path caFile) {
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid, or there is no token where one is needed; the message
     *     names every variable that is to be mended
     */
    public static BackstageSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        boolean push = reader.flag("PUSH_TO_RHDH");
        BackstageSettings settings = new BackstageSettings(
                push,
                reader.url("BKSTG_URL"),
                token(reader, push),
                namespace(reader),
                reader.readableFile("BKSTG_CA_FILE"));
        reader.check();
        return settings;
    }

    private static @Nullable String token(EnvironmentReader reader, boolean needed) {
        String token = reader.text("RHDH_TOKEN");
        if (token == null && needed) {
            reader.invalid(
                    "RHDH_TOKEN",
                    "",
                    "a static token that Backstage's app-config has under backend.auth.externalAccess, because"
                            + " PUSH_TO_RHDH is set");
        } else if (token != null && !isToken(token)) {
            reader.invalid("RHDH_TOKEN", "(not shown)", "the token alone, without spaces and line breaks");
        }
        return token;
    }

    /** Whether a text can be sent as a token. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    private static @Nullable String namespace(EnvironmentReader reader) {
        String namespace = reader.text("POD_NAMESPACE");
        if (namespace != null && !NAMESPACE.matcher(namespace).matches()) {
            reader.invalid("POD_NAMESPACE", namespace, "the name of a namespace");
        }
        return namespace;
    }

    @Override
    public String toString() {
        return "BackstageSettings[push=" + push + ", url=" + url + ", token=" + (token == null ? "none" : "(not shown)")
                + ", namespace=" + namespace + ", caFile=" + caFile + ']';
    }
}
