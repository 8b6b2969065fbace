package io.modelconnector.techdocs.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TechDocsSiteTest {
    private static TechDocsSite site(SiteContent content) {
        return TechDocsSite.of(content, UnaryOperator.identity()).orElseThrow();
    }

    private static String file(TechDocsSite site, String path) {
        return new String(site.files().get(path), UTF_8);
    }

    private static String index(DocumentedModel model) {
        return file(site(SiteContent.of(model)), "docs/index.md");
    }

    private static DocumentedModel served(ModelServer server) {
        return SampleModels.of("1-4-0", new ModelCatalog(List.of(), server), null);
    }

    private static ModelServer.Builder server() {
        return ModelServer.builder("granite", "ml", "vLLM with Granite", "production");
    }

    @Test
    void allThatIsKnownOfAModelIsInItsSite() {
        TechDocsSite site = site(new SiteContent(
                SampleModels.full(SampleModels.CARD), List.of(SampleModels.plain("1-3-0", "# Granite 3.0\n")), 0));

        assertThat(site.files()).containsOnlyKeys("mkdocs.yml", "docs/index.md", "docs/versions/1-3-0.md");
        assertThat(file(site, "mkdocs.yml")).isEqualTo("""
                        site_name: "granite-31-8b-lab-140"
                        docs_dir: docs
                        nav:
                          - "Overview": "index.md"
                          - "Versions":
                              - "1-3-0": "versions/1-3-0.md"
                        theme:
                          name: material
                          font: false
                        plugins:
                          - techdocs-core
                        """);
        assertThat(file(site, "docs/index.md")).isEqualTo(SampleModels.CARD + """

                        ## About this model

                        IBM Granite 3.1 8B lab model

                        - **Owner:** `group:default/ml-platform`
                        - **Lifecycle:** production
                        - **License:** apache-2.0
                        - **Tags:** `granite`, `ibm`
                        - **Last changed:** 2026-03-01
                        - **Artifact:** `oci://registry.example.com/models/granite:1.4.0`
                        - **How to use it:** <https://example.com/granite/howto>
                        - **Documentation by its author:** <https://example.com/granite/docs>

                        ## Usage

                        Chat completions.

                        ## Training

                        Tuned with InstructLab.

                        ## Ethical considerations

                        <https://example.com/granite/ethics>

                        ## Support

                        Ask in *#granite*.

                        ## Versions

                        | Version | Lifecycle | Last changed | Served |
                        | --- | --- | --- | --- |
                        | **1-4-0** (this page) | production | 2026-03-01 | yes |
                        | [1-3-0](versions/1-3-0.md) | development |  |  |

                        ## Where it is served

                        vLLM with Granite

                        - **Server:** `granite-31-8b`
                        - **URL:** <https://granite.apps.example.com>
                        - **Inside the cluster:** <http://granite-predictor.ml-prod.svc.cluster.local:8080>
                        - **API:** OpenAPI
                        - **Authentication:** required
                        - **Home page:** <https://granite.example.com>

                        ## How to call it

                        Requests need a token that the server accepts, here in the variable `TOKEN`:

                        ```bash
                        curl -H "Authorization: Bearer $TOKEN" 'https://granite.apps.example.com'
                        ```
                        """);
        assertThat(file(site, "docs/versions/1-3-0.md")).isEqualTo("""
                        # Granite 3.0

                        ## About this model

                        IBM Granite 3.1 8B lab

                        - **Owner:** `ml-platform`
                        - **Lifecycle:** development

                        [Other versions](../index.md)
                        """);
    }

    @Test
    void aModelWithoutACardHasASite() {
        assertThat(index(SampleModels.plain("1-3-0", null))).isEqualTo("""
                        # granite-31-8b-lab-1-3-0

                        ## About this model

                        IBM Granite 3.1 8B lab

                        - **Owner:** `ml-platform`
                        - **Lifecycle:** development
                        """);
    }

    @Test
    void whereThereIsNothingToSayThereIsNoSite() {
        DocumentedModel nothing = SampleModels.of("1-3-0", new ModelCatalog(List.of(), null), " \n");

        assertThat(TechDocsSite.of(SiteContent.of(nothing), UnaryOperator.identity()))
                .isEmpty();
    }

    @Test
    void aCardWithoutATitleIsBelowTheName() {
        assertThat(index(SampleModels.plain("1-3-0", "## Summary\n\nDense."))).startsWith("""
                        # granite-31-8b-lab-1-3-0

                        ## Summary

                        Dense.

                        ## About this model
                        """);
    }

    @Test
    void theTitleOfACardNeedNotBeItsFirstLine() {
        assertThat(index(SampleModels.plain("1-3-0", "![Logo](https://example.com/logo.png)\n\nGranite\n=======\n")))
                .startsWith("\n![Logo](https://example.com/logo.png)\n\nGranite\n=======\n\n## About this model\n");
    }

    @Test
    void whatLooksLikeASettingOfMkDocsIsNone() {
        assertThat(index(SampleModels.plain("1-3-0", "template: main.html\n\n# Granite\n")))
                .startsWith("\ntemplate: main.html\n\n# Granite\n");
    }

    @Test
    void aCardThatEndsWithinCodeSwallowsNothing() {
        assertThat(index(SampleModels.plain("1-3-0", "# Granite\n\n~~~~ text\n$ run\n")))
                .startsWith("# Granite\n\n~~~~ text\n$ run\n~~~~\n\n## About this model\n");
    }

    @Test
    void longTextsAreCleanedAndThoseWithNothingLeftAreLeftOut() {
        Model model = Model.builder("granite", "ml", "<b>Granite</b>", "production")
                .usage("<script>alert(1)</script>")
                .build();
        TechDocsSite site = TechDocsSite.of(
                        SiteContent.of(SampleModels.of("1-4-0", model, null)),
                        text -> text.contains("script") ? "" : text.replaceAll("<[^>]*>", ""))
                .orElseThrow();

        assertThat(file(site, "docs/index.md"))
                .contains("\nGranite\n")
                .doesNotContain("Usage")
                .doesNotContain("script");
    }

    @Test
    void namesMeanNothingButWhatTheySay() {
        Model model = Model.builder("a: b\" # <b>é</b>", "[x](javascript:alert`1`)", "Granite", "| x |\n# y")
                .license("{: onclick=x } *MIT*")
                .artifactLocationUrl("javascript:alert(1)")
                .howToUseUrl("https://example.com/a b")
                .build();
        TechDocsSite site = site(SiteContent.of(SampleModels.of("1-4-0", model, null)));

        assertThat(file(site, "mkdocs.yml")).startsWith("""
                        site_name: "a: b\\" # <b>\\U000000E9</b>"
                        docs_dir: docs
                        """);
        assertThat(file(site, "docs/index.md")).isEqualTo("""
                        # a&#58; b&#34; &#35; &#60;b&#62;é&#60;&#47;b&#62;

                        ## About this model

                        Granite

                        - **Owner:** <code>&#91;x&#93;&#40;javascript&#58;alert&#96;1&#96;&#41;</code>
                        - **Lifecycle:** &#124; x &#124; &#35; y
                        - **License:** &#123;&#58; onclick&#61;x &#125; &#42;MIT&#42;
                        - **Artifact:** <code>javascript&#58;alert&#40;1&#41;</code>
                        - **How to use it:** `https://example.com/a b`
                        """);
    }

    @Test
    void aServerIsCalledAsItsKindAllows() {
        assertThat(index(served(server().api(SampleModels.api(ApiType.GRAPHQL, "https://granite.example.com/it's"))
                        .build())))
                .endsWith("""
                        ## How to call it

                        Requests go to this address:

                        ```bash
                        curl -H 'Content-Type: application/json' -d '{"query":"{ __typename }"}' 'https://granite.example.com/it%27s'
                        ```
                        """);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "ASYNCAPI"})
    void howToCallAServerIsNotMadeUp(ApiType type) {
        assertThat(index(served(server().api(SampleModels.api(type, "https://granite.example.com"))
                        .build())))
                .contains("- **URL:** <https://granite.example.com>\n")
                .doesNotContain("curl");
    }

    @Test
    void aServerWithoutAnAddressIsNamed() {
        assertThat(index(served(server().authentication(false).build()))).isEqualTo("""
                        # granite

                        ## Where it is served

                        vLLM with Granite

                        - **Server:** `granite`
                        - **Authentication:** not required
                        """);
    }

    @Test
    void theCardThatAllVersionsShareIsShownOnce() {
        TechDocsSite site = site(new SiteContent(
                SampleModels.plain("1-4-0", SampleModels.CARD),
                List.of(SampleModels.plain("1-3-0", SampleModels.CARD)),
                0));

        assertThat(file(site, "docs/versions/1-3-0.md")).doesNotContain("Evaluation");
    }

    @Test
    void cardsOfOtherVersionsDoNotMakeASiteHuge() {
        String large = "# Granite\n" + "x".repeat(5 << 20);
        TechDocsSite site = site(new SiteContent(
                SampleModels.plain("1-4-0", null),
                List.of(SampleModels.plain("1-3-0", large), SampleModels.plain("1-2-0", large + "y")),
                0));

        assertThat(file(site, "docs/versions/1-3-0.md")).startsWith(large);
        assertThat(file(site, "docs/versions/1-2-0.md"))
                .startsWith(
                        "# granite-31-8b-lab-1-2-0\n\nThe model card of this version is in the documentation of its");
    }

    @Test
    void versionsThatHaveNoPageAreCounted() {
        assertThat(file(
                        site(new SiteContent(
                                SampleModels.plain("1-4-0", null), List.of(SampleModels.plain("1-3-0", null)), 7)),
                        "docs/index.md"))
                .contains("\nOlder versions that have no page here: 7.\n");
    }

    @Test
    void pagesOfVersionsDoNotCollideOnAnyFileSystem() {
        List<DocumentedModel> others = List.of(
                SampleModels.plain("V1", null),
                SampleModels.plain("v1", null),
                SampleModels.plain("index", null),
                SampleModels.plain("ReadMe", null),
                SampleModels.plain(".hidden", null));
        TechDocsSite site = site(new SiteContent(SampleModels.plain("1-4-0", null), others, 0));

        assertThat(site.files())
                .containsOnlyKeys(
                        "mkdocs.yml",
                        "docs/index.md",
                        "docs/versions/V1.md",
                        "docs/versions/v1--2.md",
                        "docs/versions/version-index.md",
                        "docs/versions/version-ReadMe.md",
                        "docs/versions/version-.hidden.md");
        assertThat(file(site, "mkdocs.yml")).contains("      - \"v1\": \"versions/v1--2.md\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# Granite 3.1\n", "# Granite 3.1\n\n", ""})
    void theRevisionIsThatOfTheFiles(String card) {
        TechDocsSite one = site(SiteContent.of(SampleModels.full(card)));
        TechDocsSite same = site(SiteContent.of(SampleModels.full(card)));
        TechDocsSite other = site(SiteContent.of(SampleModels.full(card + "# 8B")));

        assertThat(one.revision()).matches("[0-9a-f]{40}").isEqualTo(same.revision());
        assertThat(one.tarGz("granite")).isEqualTo(same.tarGz("granite"));
        assertThat(other.revision()).isNotEqualTo(one.revision());
    }

    @Test
    void theRevisionIsTheSameOnEveryMachine() {
        assertThat(site(SiteContent.of(SampleModels.full(SampleModels.CARD))).revision())
                .isEqualTo("2034a89e599947ecd2b18f076567502e18be0a1f");
    }

    @Test
    void theArchiveHoldsTheFilesInOneDirectory() {
        TechDocsSite site = site(
                new SiteContent(SampleModels.full(SampleModels.CARD), List.of(SampleModels.plain("1-3-0", null)), 0));

        assertThat(TarGzReader.read(site.tarGz("granite-31-8b-lab")).entrySet())
                .extracting(file -> file.getKey() + '=' + new String(file.getValue(), UTF_8))
                .containsExactlyElementsOf(site.files().entrySet().stream()
                        .map(file -> "granite-31-8b-lab/" + file.getKey() + '=' + new String(file.getValue(), UTF_8))
                        .toList());
    }
}
