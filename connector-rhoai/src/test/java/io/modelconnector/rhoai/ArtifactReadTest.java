package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.FULL_READ_INTERVAL;
import static io.modelconnector.rhoai.SourceFixture.REGISTRY;
import static io.modelconnector.rhoai.SourceFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArtifactReadTest {
    private final SourceFixture fixture = new SourceFixture();
    private final FakeRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    private SourcePart readFirst(int models) throws InterruptedException {
        registry.models(models);
        SourcePart first = fixture.read();
        registry.takePaths();
        return first;
    }

    private List<String> askedVersions() {
        return registry.takePaths().stream()
                .filter(path -> path.startsWith("/model_versions/"))
                .toList();
    }

    private static String uri(SourcePart part, String versionId) {
        return version(part, versionId).artifacts().get(0).uri();
    }

    @Test
    void updatesAnArtifactInPlace() throws Exception {
        SourcePart first = readFirst(200);
        registry.put("artifacts", "2", "uri", "oci://quay.io/moved");
        SourcePart second = fixture.read();
        assertThat(uri(second, "2")).isEqualTo("oci://quay.io/moved");
        assertThat(version(second, "4")).isSameAs(version(first, "4"));
        assertThat(askedVersions()).isEmpty();
    }

    @Test
    void readsTheArtifactsOfAChangedVersionAgain() throws Exception {
        readFirst(200);
        registry.put("model_versions", "2", "description", "changed");
        fixture.read();
        assertThat(askedVersions()).containsExactly("/model_versions/2/artifacts");
        registry.put("registered_models", "1", "description", "changed");
        fixture.read();
        assertThat(askedVersions()).as("a model's change does not matter").isEmpty();
    }

    @Test
    void searchesANewArtifactWhereThereAreNoneYet() throws Exception {
        registry.version("801", "1", "v2").version("803", "3", "v2");
        readFirst(200);
        registry.artifact("805", "803", "s3://late");
        assertThat(uri(fixture.read(), "803")).isEqualTo("s3://late");
        assertThat(askedVersions()).hasSizeLessThanOrEqualTo(8).contains("/model_versions/803/artifacts");
    }

    @Test
    void searchesANewArtifactEverywhereOnce() throws Exception {
        readFirst(200);
        registry.artifact("805", "2", "s3://second");
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(2);
        assertThat(askedVersions()).as("the oldest is asked last").hasSize(200);
        fixture.read();
        assertThat(askedVersions()).isEmpty();
    }

    @Test
    void remembersWhichArtifactsBelongToNoLiveVersion() throws Exception {
        registry.artifact("900", "899", "s3://orphan");
        readFirst(200);
        fixture.read();
        assertThat(askedVersions()).as("it was there from the start").isEmpty();

        registry.artifact("901", "899", "s3://orphan-2");
        fixture.read();
        assertThat(askedVersions()).hasSize(200);
        fixture.read();
        assertThat(registry.takePaths()).hasSize(5);
    }

    @Test
    void looksAgainForTheVersionOfAnArtifactThatBelongedNowhereAndChanged() throws Exception {
        readFirst(3);
        registry.artifact("805", "899", "s3://orphan");
        fixture.read();
        registry.artifact("805", "2", "s3://attached");
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(2);
    }

    @Test
    void findsAChangedArtifactThatBelongedNowhereAtTheNextFullReadAtTheLatest() throws Exception {
        readFirst(200);
        registry.artifact("901", "899", "s3://orphan");
        fixture.read();
        registry.takePaths();
        registry.artifact("901", "2", "s3://attached");
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(1);
        assertThat(askedVersions()).as("a short search").hasSize(64);
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(2);
    }

    @Test
    void readsWhatWasAddedToAVersionWhileItsModelWasArchived() throws Exception {
        readFirst(3);
        registry.put("registered_models", "1", "state", "ARCHIVED");
        fixture.read();
        registry.artifact("805", "2", "s3://late");
        fixture.read();
        fixture.read();
        registry.takePaths();
        registry.put("registered_models", "1", "state", "LIVE");
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(2);
        assertThat(askedVersions()).containsExactly("/model_versions/2/artifacts");
    }

    @Test
    void doesNotSearchEverywhereForEachArtifactThatBelongsNowhere() throws Exception {
        readFirst(200);
        registry.artifact("901", "899", "s3://orphan");
        fixture.read();
        registry.takePaths();
        registry.artifact("903", "899", "s3://another");
        fixture.read();
        assertThat(askedVersions()).hasSize(64);
        fixture.read();
        assertThat(askedVersions()).isEmpty();
    }

    @Test
    void findsWhatWasNotSearchedForWithTheNextFullRead() throws Exception {
        readFirst(200);
        registry.artifact("901", "899", "s3://orphan");
        fixture.read();
        registry.artifact("903", "2", "s3://second");
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(1);
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(2);
    }

    @Test
    void takesContentsFromTheFlatListOnFullReads() throws Exception {
        readFirst(200);
        registry.fail("orderBy=LAST_UPDATE_TIME.*artifactType|artifactType.*orderBy=LAST_UPDATE_TIME", 500);
        registry.put("artifacts", "2", "uri", "oci://quay.io/moved");
        SourcePart poll = fixture.read();
        assertThat(uri(poll, "2")).isEqualTo("oci://quay.io/m:1");
        assertThat(poll.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo(REGISTRY + "/artifacts");
            assertThat(problem.message()).contains("changes of artifacts are not noticed");
        });
        fixture.time.advance(FULL_READ_INTERVAL);
        SourcePart full = fixture.read();
        assertThat(uri(full, "2")).isEqualTo("oci://quay.io/moved");
        assertThat(full.problems()).isEmpty();
    }

    @Test
    void removesAnArtifactThatIsGoneOnceItsVersionConfirmsIt() throws Exception {
        readFirst(201);
        registry.delete("artifacts", "402");
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(version(fixture.read(), "402").artifacts()).isEmpty();
        assertThat(askedVersions())
                .as("it is asked first, the others are asked in their turn")
                .startsWith("/model_versions/402/artifacts")
                .hasSize(1 + RegistryArtifacts.RECHECKED_PER_FULL_READ);
    }

    @Test
    void doesNotBelieveAFlatListThatIsSuddenlyEmpty() throws Exception {
        SourcePart first = readFirst(20);
        registry.on("v1alpha3/artifacts", () -> FakeServer.page(""));
        assertThat(fixture.readFresh()).isSameAs(first);
    }

    @Test
    void asksEachVersionOnFullReadsWhereThereIsNoFlatList() throws Exception {
        registry.fail("v1alpha3/artifacts", 404);
        readFirst(30);
        registry.put("artifacts", "2", "uri", "oci://quay.io/moved");
        SourcePart poll = fixture.read();
        assertThat(poll.problems()).isEmpty();
        assertThat(askedVersions()).isEmpty();
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(uri(fixture.read(), "2")).isEqualTo("oci://quay.io/moved");
        assertThat(askedVersions()).hasSize(30);
    }

    @Test
    void keepsAnEntryWhoseArtifactsCannotBeRead() throws Exception {
        SourcePart first = readFirst(200);
        registry.put("model_versions", "2", "description", "changed");
        registry.fail("model_versions/2/artifacts", 500);
        SourcePart second = fixture.read();
        assertThat(version(second, "2").version().description()).isEqualTo("changed");
        assertThat(version(second, "2").artifacts())
                .isEqualTo(version(first, "2").artifacts());
        assertThat(second.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo(REGISTRY + "/1/2");
            assertThat(problem.message())
                    .contains("the last known ones are kept")
                    .contains("500");
        });
        registry.heal();
        SourcePart third = fixture.read();
        assertThat(third.problems()).isEmpty();
    }

    @Test
    void publishesAVersionWithoutArtifactsIfTheyWereNeverRead() throws Exception {
        registry.models(20);
        registry.on("model_versions/2/artifacts", () -> FakeServer.json(200, "{\"items\":["));
        SourcePart part = fixture.read();
        assertThat(version(part, "2").artifacts()).isEmpty();
        assertThat(version(part, "4").artifacts()).hasSize(1);
        assertThat(part.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo(REGISTRY + "/1/2");
            assertThat(problem.message()).contains("published without").contains("cut off");
        });
        registry.heal();
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(1);
    }

    @Test
    void triesAgainLessAndLessOften() throws Exception {
        registry.fail("model_versions/2/artifacts", 500);
        readFirst(20);
        fixture.read();
        assertThat(askedVersions()).as("at the next poll").hasSize(1);
        fixture.read();
        assertThat(askedVersions()).as("not at each poll").isEmpty();
        fixture.time.advance(Duration.ofMinutes(1));
        fixture.read();
        assertThat(askedVersions()).hasSize(1);
        fixture.time.advance(Duration.ofMinutes(1));
        fixture.read();
        assertThat(askedVersions()).isEmpty();
        fixture.time.advance(Duration.ofMinutes(1));
        fixture.read();
        assertThat(askedVersions()).hasSize(1);
    }

    @Test
    void saysTheSameAboutAVersionForAsLongAsItsFaultLasts() throws Exception {
        registry.fail("model_versions/2/artifacts", 500);
        SourcePart first = readFirst(20);
        assertThat(fixture.read()).isSameAs(first);
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(fixture.read()).isSameAs(first);
    }

    @Test
    void doesNotStormARegistryWhoseArtifactsAllFail() throws Exception {
        registry.models(300);
        registry.fail("model_versions/\\d+/artifacts", 503);
        SourcePart part = fixture.read();
        assertThat(part.isComplete()).isTrue();
        assertThat(part.modelVersions()).hasSize(300);
        assertThat(part.problems()).hasSize(300);
        assertThat(askedVersions()).as("eight, with their retries").hasSize(32);
        fixture.read();
        assertThat(askedVersions()).hasSize(32);
        fixture.read();
        assertThat(askedVersions()).isEmpty();
        registry.heal();
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(fixture.read().problems()).isEmpty();
    }

    @Test
    void keepsTheArtifactsOfAPollThatFailsAfterwards() throws Exception {
        registry.models(5);
        registry.on("model_versions/10/artifacts", () -> FakeServer.json(200, "<html>"));
        SourcePart part = fixture.read();
        assertThat(part.problems()).extracting(Problem::item).containsExactly(REGISTRY + "/9/10");
        assertThat(part.modelVersions().stream().filter(fact -> fact.artifacts().isEmpty()))
                .hasSize(1);
    }

    @Test
    void keepsAnArtifactThatMakesNoSenseAnyMore() throws Exception {
        SourcePart first = readFirst(200);
        registry.put(
                "artifacts", "2", "{\"id\":\"2\",\"parent\":\"2\",\"artifactType\":\"model-artifact\",\"uri\":[]}");
        SourcePart second = fixture.read();
        assertThat(second.modelVersions()).isEqualTo(first.modelVersions());
        assertThat(second.problems()).extracting(Problem::item).containsExactly(REGISTRY + "/artifacts/2");
        registry.takePaths();
        assertThat(fixture.read()).isSameAs(second);
        assertThat(registry.takePaths()).hasSize(5);
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(fixture.read()).isSameAs(second);
        registry.put(
                "artifacts",
                "2",
                "{\"id\":\"2\",\"parent\":\"2\",\"artifactType\":\"model-artifact\",\"uri\":\"s3://mended\"}");
        SourcePart mended = fixture.read();
        assertThat(mended.problems()).isEmpty();
        assertThat(uri(mended, "2")).isEqualTo("s3://mended");
    }

    @Test
    void findsTheVersionOfAnArtifactThatMadeNoSenseAtFirst() throws Exception {
        registry.model("801", "llama").version("802", "801", "v1");
        registry.put(
                "artifacts",
                "803",
                "{\"id\":\"803\",\"parent\":\"802\",\"artifactType\":\"model-artifact\",\"uri\":[]}");
        SourcePart first = readFirst(200);
        assertThat(first.problems()).hasSize(1);
        registry.put(
                "artifacts",
                "803",
                "{\"id\":\"803\",\"parent\":\"802\",\"artifactType\":\"model-artifact\",\"uri\":\"s3://m\"}");
        SourcePart mended = fixture.read();
        assertThat(mended.problems()).isEmpty();
        assertThat(uri(mended, "802")).isEqualTo("s3://m");
        assertThat(askedVersions()).containsExactly("/model_versions/802/artifacts");
    }

    @Test
    void updatesAnArtifactThatSeveralVersionsShare() throws Exception {
        registry.model("801", "llama").version("802", "801", "v1").version("804", "801", "v2");
        registry.artifact("803", "802,804", "s3://shared");
        readFirst(200);
        registry.put("artifacts", "803", "uri", "s3://moved");
        SourcePart part = fixture.read();
        assertThat(uri(part, "802")).isEqualTo("s3://moved");
        assertThat(uri(part, "804")).isEqualTo("s3://moved");
        registry.artifact("803", "804", "s3://moved").put("model_versions", "802", "description", "changed");
        part = fixture.read();
        assertThat(version(part, "802").artifacts()).isEmpty();
        assertThat(uri(part, "804")).isEqualTo("s3://moved");
    }

    @Test
    void doesNotSearchForTheArtifactsOfVersionsThatAreGone() throws Exception {
        readFirst(200);
        registry.delete("model_versions", "2");
        for (int i = 0; i < 3; i++) {
            fixture.time.advance(FULL_READ_INTERVAL);
            assertThat(fixture.read().modelVersions()).hasSize(199);
            registry.takePaths();
            fixture.read();
            assertThat(registry.takePaths()).hasSize(5);
        }
        registry.put("artifacts", "2", "uri", "s3://moved");
        registry.version("2", "1", "back");
        assertThat(uri(fixture.read(), "2")).isEqualTo("s3://moved");
        assertThat(askedVersions()).containsExactly("/model_versions/2/artifacts");
    }

    @Test
    void noticesThatAnArtifactWasAttachedToAFurtherVersion() throws Exception {
        readFirst(3);
        registry.put("artifacts", "4", "parent", "4,2");
        fixture.read();
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(version(fixture.read(), "2").artifacts()).hasSize(2);
    }

    @Test
    void noticesArtifactsOfOtherTypesInTimeHoweverManyVersionsThereAre() throws Exception {
        readFirst(2 * RegistryArtifacts.RECHECKED_PER_FULL_READ);
        registry.put("artifacts", "900", "parent", "2", "artifactType", "dataset-artifact", "uri", "s3://first")
                .put("artifacts", "902", "parent", "800", "artifactType", "dataset-artifact", "uri", "s3://last");
        fixture.read();
        assertThat(askedVersions()).isEmpty();
        fixture.time.advance(FULL_READ_INTERVAL);
        SourcePart part = fixture.read();
        assertThat(version(part, "2").artifacts()).hasSize(2);
        assertThat(version(part, "800").artifacts()).as("its turn is the next").hasSize(1);
        assertThat(askedVersions()).hasSize(RegistryArtifacts.RECHECKED_PER_FULL_READ);
        fixture.time.advance(FULL_READ_INTERVAL);
        assertThat(version(fixture.read(), "800").artifacts()).hasSize(2);
        assertThat(askedVersions()).hasSize(RegistryArtifacts.RECHECKED_PER_FULL_READ);
    }

    @Test
    void readsDocumentsToo() throws Exception {
        readFirst(200);
        registry.put("artifacts", "900", "parent", "400", "artifactType", "doc-artifact", "uri", "https://doc");
        SourcePart part = fixture.read();
        assertThat(version(part, "400").artifacts())
                .extracting(ModelArtifact::type)
                .containsExactlyInAnyOrder("model-artifact", "doc-artifact");
        assertThat(askedVersions()).as("the newest version is asked first").hasSize(8);
    }
}
