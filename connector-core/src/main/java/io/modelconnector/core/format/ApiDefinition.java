package io.modelconnector.core.format;

import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.internal.ApiDefinitionSyntax;
import io.modelconnector.core.internal.WebUrl;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The definition of an API, which Backstage demands: what the server publishes, or else what its author wrote, if that is a
 * definition of its type; or else a stub of that type, which says where the API is.
 */
final class ApiDefinition {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private final ModelServer server;
    private final ModelServerApi api;
    private final String version;

    private ApiDefinition(ModelServer server, ModelServerApi api, String version) {
        this.server = server;
        this.api = api;
        this.version = version;
    }

    /**
     * The definition.
     *
     * @param version the version of the API, for the stub
     */
    static String of(ModelServer server, ModelServerApi api, String version) {
        String published = api.published();
        if (published != null && ApiDefinitionSyntax.is(api.type(), published)) {
            return published;
        }
        return ApiDefinitionSyntax.is(api.type(), api.spec())
                ? api.spec()
                : new ApiDefinition(server, api, version).stub();
    }

    private String stub() {
        return switch (api.type()) {
            case OPENAPI -> openApi();
            case ASYNCAPI -> asyncApi();
            case GRAPHQL -> comment("# ") + "type Query {\n  _: String\n}\n";
            case GRPC -> comment("// ") + "syntax = \"proto3\";\n";
        };
    }

    private String openApi() {
        YamlWriter yaml = new YamlWriter();
        yaml.text("openapi", "3.1.0");
        info(yaml);
        yaml.begin("servers");
        yaml.beginItem();
        yaml.text("url", api.url().strip());
        yaml.end();
        yaml.end();
        yaml.emptyObject("paths");
        String link = link();
        if (link != null) {
            yaml.begin("externalDocs");
            yaml.text("url", link);
            yaml.end();
        }
        return yaml.text();
    }

    private String asyncApi() {
        String scheme = WebUrl.scheme(api.url());
        YamlWriter yaml = new YamlWriter();
        yaml.text("asyncapi", "2.6.0");
        info(yaml);
        yaml.begin("servers");
        yaml.begin("default");
        yaml.text("url", api.url().strip());
        yaml.text("protocol", scheme == null ? "http" : scheme);
        yaml.end();
        yaml.end();
        yaml.emptyObject("channels");
        return yaml.text();
    }

    private void info(YamlWriter yaml) {
        yaml.begin("info");
        yaml.text("title", server.name());
        yaml.text("version", version);
        yaml.text("description", explanation());
        yaml.end();
    }

    private String comment(String prefix) {
        return prefix + oneLine(server.name()) + '\n' + prefix + oneLine(explanation()) + '\n';
    }

    private String explanation() {
        String link = link();
        return "The API of this server is at " + api.url().strip() + ". "
                + (link == null
                        ? "Its " + api.type().wireName().toUpperCase(Locale.ROOT) + " definition is not known here."
                        : "Its definition is at " + link + '.');
    }

    /** Where its author says that the definition is; null if that is not what is said. */
    private @Nullable String link() {
        return WebUrl.isHttp(api.spec()) ? api.spec().strip() : null;
    }

    private static String oneLine(String text) {
        return LINE_BREAKS.matcher(WellFormed.text(text)).replaceAll(" ");
    }
}
