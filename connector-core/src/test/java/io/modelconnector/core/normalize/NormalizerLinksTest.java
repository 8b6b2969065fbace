package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.cardVersion;
import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that an entry carries: URLs, TechDocs and model cards. */
final class NormalizerLinksTest {

    @ParameterizedTest
    @ValueSource(strings = {"s3://models/granite", "oci://quay.io/m/granite:1", "hf://Qwen/Qwen3", "pvc://claim/path"})
    void publishesUrlsWithSchemesThatBrowsersDoNotKnow(String uri) {
        assertThat(Normalized.of(version("granite", "v1").artifact("1", uri))
                        .model()
                        .artifactLocationUrl())
                .isEqualTo(uri);
        assertThat(Normalized.of(served("ml-prod", "granite").artifactUri(uri))
                        .model()
                        .artifactLocationUrl())
                .isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"models/granite", "see wiki", "/mnt/models", "www.example.com", "https://", "http://[::1"})
    void leavesOutUrlsThatABrowserRejects(String bad) {
        Normalized normalized = Normalized.of(
                version("granite", "v1")
                        .artifact("1", bad)
                        .ofModel("How to use", bad)
                        .ofModel("Homepage URL", bad),
                served("ml-prod", "granite").serves("1", "2"));

        assertThat(normalized.model().artifactLocationUrl()).isNull();
        assertThat(normalized.model().howToUseUrl()).isNull();
        assertThat(normalized.server().homepageUrl()).isNull();
        assertThat(normalized.problems())
                .extracting(Problem::item)
                .containsOnly("modelregistry-public/1/2")
                .hasSize(3);
        assertThat(normalized.problems())
                .extracting(problem -> problem.message().split(" is left out")[0])
                .containsExactly("its artifactLocationURL", "its homepageURL", "its howToUseURL");
    }

    @Test
    void keepsWhatIsInARejectedUrlOutOfTheProblem() {
        Normalized normalized = Normalized.of(version("granite", "v1").artifact("1", "https://me:secret@host:port/x"));

        assertThat(normalized.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).doesNotContain("secret"));
    }

    @Test
    void doesNotCheckTextsThatNeedNotBeUrls() {
        Normalized normalized = Normalized.of(
                version("granite", "v1")
                        .ofModel("API Spec", "see wiki")
                        .ofModel("Ethics", "see wiki")
                        .ofModel("Support", "see wiki"),
                served("ml-prod", "granite").serves("1", "2"));

        assertThat(normalized.server().api().spec()).isEqualTo("see wiki");
        assertThat(normalized.model().support()).isEqualTo("see wiki");
        assertThat(normalized.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/docs", "http://example.com/docs", "HTTPS://example.com/docs"})
    void letsExplicitTechDocsWinOverTheCard(String url) {
        CatalogEntry entry = Normalized.of(
                        version("granite", "v1").ofModel("TechDocs", url).card("redhat_ai", "RedHatAI", "granite"))
                .entry();

        assertThat(entry.techDocsUrl()).isEqualTo(url);
        assertThat(entry.card()).isEqualTo(cardVersion("redhat_ai", "RedHatAI", "granite"));
        assertThat(entry.catalog().models().get(0).annotations()).doesNotContainKey("TechDocs");
    }

    @Test
    void letsTheTechDocsOfTheVersionWin() {
        CatalogEntry entry = Normalized.of(version("granite", "v1")
                        .ofModel("TechDocs", "https://example.com/model")
                        .ofVersion("TechDocs", "https://example.com/version"))
                .entry();

        assertThat(entry.techDocsUrl()).isEqualTo("https://example.com/version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.com/docs", "file:///etc/passwd", "see the wiki", "docs/index.md", "http://"})
    void takesInvalidTechDocsForAbsentAndSaysSo(String url) {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ofModel("TechDocs", url).card("redhat_ai", "RedHatAI", "granite"),
                served("ml-prod", "granite").annotation("modelcatalogbridge.rhdh.io/techdocs", url));

        assertThat(normalized.entry("granite/v1").techDocsUrl()).isNull();
        assertThat(normalized.entry("granite/v1").card()).isNotNull();
        assertThat(normalized.entry("ml-prod/granite").techDocsUrl()).isNull();
        assertThat(normalized.problems())
                .extracting(Problem::item)
                .containsExactly("InferenceService/ml-prod/granite", "modelregistry-public/1/2");
    }

    @Test
    void takesTheCardOfTheFirstModelArtifactThatHasOne() {
        CatalogEntry entry = Normalized.of(version("granite", "v1")
                        .artifact(withCard("10", "model-artifact", "ten"))
                        .artifact(withCard("9", "model-artifact", "nine"))
                        .artifact(withCard("3", "doc-artifact", "three"))
                        .artifact("2", "s3://models/granite"))
                .entry();

        assertThat(entry.card()).isEqualTo(cardVersion("redhat_ai", "RedHatAI", "nine"));
    }

    @Test
    void takesTheModelsOwnCardWhereNoModelArtifactHasOne() {
        CardVersion own = cardVersion("registry.modelregistry-public", "registered-models", "granite");
        CatalogEntry entry = Normalized.of(version("granite", "v1")
                        .ownCard(own)
                        .artifact("2", "s3://models/granite")
                        .artifact(withCard("3", "doc-artifact", "three")))
                .entry();

        assertThat(entry.card()).isEqualTo(own);
    }

    @Test
    void letsTheCardOfAnArtifactWinOverTheModelsOwn() {
        CatalogEntry entry = Normalized.of(version("granite", "v1")
                        .ownCard(cardVersion("registry.modelregistry-public", "registered-models", "granite"))
                        .card("redhat_ai", "RedHatAI", "granite"))
                .entry();

        assertThat(entry.card()).isEqualTo(cardVersion("redhat_ai", "RedHatAI", "granite"));
    }

    @Test
    void letsTheFirstOfTwoCardsWithOneKeyKeepIt() {
        Normalized normalized = Normalized.of(
                version("a", "v1").ids("1", "2").card("red hat", "ai", "granite"),
                version("b", "v1").ids("3", "4").card("redhat", "ai", "granite"),
                version("c", "v1").ids("5", "6").card("redhata", "i", "granite"),
                version("d", "v1").ids("7", "8").card("red hat", "ai", "granite"));

        assertThat(normalized.entry("a/v1").card()).isEqualTo(cardVersion("red hat", "ai", "granite"));
        assertThat(normalized.entry("b/v1").card()).isNull();
        assertThat(normalized.entry("c/v1").card()).isNull();
        assertThat(normalized.entry("d/v1").card()).isEqualTo(cardVersion("red hat", "ai", "granite"));
        assertThat(normalized.problems())
                .containsExactly(
                        new Problem(
                                "modelregistry-public/3/4",
                                "its model card redhat/ai/granite has the same key as the card red hat/ai/granite, so it"
                                        + " is not published; rename one of the two where it comes from"),
                        new Problem(
                                "modelregistry-public/5/6",
                                "its model card redhata/i/granite has the same key as the card red hat/ai/granite, so it"
                                        + " is not published; rename one of the two where it comes from"));
    }

    @Test
    void letsACardKeepItsKeyAgainstThatOfAnArchivedVersion() {
        Normalized normalized = Normalized.of(
                version("a", "v1")
                        .ids("1", "2")
                        .card("red hat", "ai", "granite")
                        .versionArchived(),
                version("b", "v1").ids("3", "4").card("redhat", "ai", "granite"));

        assertThat(normalized.entry("b/v1").card()).isNotNull();
        assertThat(normalized.problems()).isEmpty();
    }

    private static ModelArtifact withCard(String id, String type, String name) {
        return new ModelArtifact(id, type, null, CustomProperties.none(), cardVersion("redhat_ai", "RedHatAI", name));
    }
}
