package io.modelconnector.techdocs.site;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told of one version on its page, but for the other versions. */
final class ModelPage {
    private static final String INTERNAL_URL = "rhdh.modelcatalog.io/internal-service-url";

    private final DocumentedModel model;
    private final CatalogEntry entry;
    private final Page page;

    /**
     * The page of a version.
     *
     * @param model the version
     * @param cleaning makes longer texts of authors fit to be shown
     */
    ModelPage(DocumentedModel model, UnaryOperator<String> cleaning) {
        this.model = model;
        this.entry = model.entry();
        this.page = new Page(cleaning);
    }

    Page page() {
        return page;
    }

    /** Begins the page with the model card, if there is one, or with the name. */
    void writeCard(@Nullable String card) {
        page.card(model.name(), card);
    }

    /** Adds what is known of the models. */
    void writeModels() {
        List<Model> models = entry.catalog().models();
        for (int i = 0; i < models.size(); i++) {
            Model each = models.get(i);
            page.heading(2, i == 0 ? "About this model" : each.name());
            page.text(each.description());
            writeFacts(each, i == 0);
            int level = i == 0 ? 2 : 3;
            page.section(level, "Usage", each.usage());
            page.section(level, "Training", each.training());
            page.section(level, "Ethical considerations", each.ethics());
            page.section(level, "Support", each.support());
        }
        if (models.isEmpty()) {
            page.fact("Documentation by its author", link(entry.techDocsUrl()));
            page.facts();
        }
    }

    private void writeFacts(Model each, boolean first) {
        String owner = entry.ownerReference() == null ? each.owner() : entry.ownerReference();
        page.fact("Owner", MarkdownText.code(owner));
        page.fact("Lifecycle", MarkdownText.escape(each.lifecycle()));
        page.fact("License", each.license() == null ? null : textOrLink(each.license()));
        page.fact("Tags", each.tags().stream().map(MarkdownText::code).collect(Collectors.joining(", ")));
        if (first) {
            page.fact("Last changed", lastChanged(model));
        }
        page.fact("Artifact", link(each.artifactLocationUrl()));
        page.fact("How to use it", link(each.howToUseUrl()));
        if (first) {
            page.fact("Documentation by its author", link(entry.techDocsUrl()));
        }
        page.facts();
    }

    /** Adds where the model is served and how it is called, if it is. */
    void writeServer() {
        ModelServer server = entry.catalog().modelServer();
        if (server == null) {
            return;
        }
        ModelServerApi api = server.api();
        page.heading(2, "Where it is served");
        if (entry.catalog().models().stream()
                .noneMatch(each -> each.description().equals(server.description()))) {
            page.text(server.description());
        }
        page.fact("Server", MarkdownText.code(server.name()));
        if (api != null) {
            page.fact("URL", link(api.url()));
            String internal = api.annotations().get(INTERNAL_URL);
            page.fact("Inside the cluster", Objects.equals(internal, api.url()) ? null : link(internal));
            page.fact("API", nameOf(api.type()));
            page.fact(
                    "API definition",
                    MarkdownText.webUrl(api.spec()).map(url -> '<' + url + '>').orElse(null));
        }
        if (server.authentication() != null) {
            page.fact("Authentication", server.authentication() ? "required" : "not required");
        }
        page.fact("Home page", link(server.homepageUrl()));
        page.facts();
        if (entry.catalog().models().stream().noneMatch(each -> Objects.equals(each.usage(), server.usage()))) {
            page.text(server.usage());
        }
        if (api != null) {
            writeCall(api, Boolean.TRUE.equals(server.authentication()));
        }
    }

    /** Says only what holds for every server of the kind; what its paths are, nobody knows here. */
    private void writeCall(ModelServerApi api, boolean authentication) {
        String url = MarkdownText.webUrl(api.url()).orElse(null);
        if (url == null || (api.type() != ApiType.OPENAPI && api.type() != ApiType.GRAPHQL)) {
            return;
        }
        page.heading(2, "How to call it");
        page.block(
                authentication
                        ? "Requests need a token that the server accepts, here in the variable `TOKEN`:"
                        : "Requests go to this address:");
        String header = authentication ? " -H \"Authorization: Bearer $TOKEN\"" : "";
        String body = api.type() == ApiType.GRAPHQL
                ? " -H 'Content-Type: application/json' -d '{\"query\":\"{ __typename }\"}'"
                : "";
        page.block("```bash\ncurl" + header + body + " '" + url + "'\n```");
    }

    /** The day on which the registry last changed the version; empty if nobody knows. */
    static String lastChanged(DocumentedModel model) {
        return model.entry().lastUpdate() == null
                ? ""
                : LocalDate.ofInstant(model.entry().lastUpdate(), ZoneOffset.UTC)
                        .toString();
    }

    private static String textOrLink(String value) {
        return MarkdownText.webUrl(value).map(url -> '<' + url + '>').orElseGet(() -> MarkdownText.escape(value));
    }

    private static @Nullable String link(@Nullable String url) {
        return url == null || url.isBlank() ? null : MarkdownText.link(url);
    }

    private static String nameOf(ApiType type) {
        return switch (type) {
            case OPENAPI -> "OpenAPI";
            case ASYNCAPI -> "AsyncAPI";
            case GRAPHQL -> "GraphQL";
            case GRPC -> "gRPC";
        };
    }
}
