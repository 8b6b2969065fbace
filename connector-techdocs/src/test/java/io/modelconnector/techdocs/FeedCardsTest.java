package io.modelconnector.techdocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.DocumentationSite;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.techdocs.site.TarGzReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cards and the sites of a feed. */
@Timeout(60)
class FeedCardsTest {
    private static final EntryKey V1 = new EntryKey("granite", "v1");

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final ModelFeed feed = ModelFeed.builder()
            .source(registry)
            .pollInterval(Duration.ofHours(1))
            .build();
    private final ModelCards cards =
            ModelCards.builder(feed).retryInterval(Duration.ofMillis(50)).build();

    @AfterEach
    void close() {
        cards.close();
        feed.close();
    }

    private void start() throws InterruptedException {
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(20))).isTrue();
    }

    private void awaitAtHand(ModelCard card) {
        Waiting.until(() -> cards.isAtHand(card.version()));
    }

    private String shown(ModelCard card) {
        return ModelCardsFixture.text(cards.card(card.version())).orElse(null);
    }

    private static ModelCard card(String name, String markdown) {
        return ModelCard.of(ScriptedProvider.reference(name), markdown);
    }

    private DocumentationSite site(EntryKey key) {
        return cards.site(key).orElseThrow();
    }

    private static Map<String, byte[]> files(DocumentationSite site) {
        byte[] archive = new byte[site.archive().get().length()];
        site.archive().get().bytes().get(archive);
        return TarGzReader.read(archive);
    }

    private static String file(DocumentationSite site, String path) {
        return new String(files(site).get(path), StandardCharsets.UTF_8);
    }

    @Test
    void cardsOfNewModelsAreReadBeforeAnybodyAsks() throws InterruptedException {
        ModelCard card = card("granite", "# Granite\n");
        registry.version(1, "granite", "v1", card);
        start();

        awaitAtHand(card);
        assertThat(shown(card)).isEqualTo("# Granite\n");
        assertThat(registry.asked()).isEqualTo(1);
    }

    @Test
    void cardsOfAFeedThatIsPublishedAlreadyAreReadAtOnce() throws InterruptedException {
        ModelCard card = card("granite", "# Granite\n");
        registry.version(1, "granite", "v1", card);
        start();

        try (ModelCards late = ModelCards.of(feed)) {
            Waiting.until(() -> late.isAtHand(card.version()));
        }
    }

    @Test
    void aCardThatChangedIsReadBeforeAnybodyAsks() throws InterruptedException {
        ModelCard card = card("granite", "# Granite\n");
        registry.version(1, "granite", "v1", card);
        start();
        awaitAtHand(card);

        ModelCard changed = card("granite", "# Granite 3.1\n");
        registry.version(1, "granite", "v1", changed);
        registry.announce();

        awaitAtHand(changed);
        assertThat(shown(changed)).isEqualTo("# Granite 3.1\n");
    }

    @Test
    void aCardThatCouldNotBeReadAheadIsReadLater() throws InterruptedException {
        ModelCard card = card("granite", "# Granite\n");
        registry.version(1, "granite", "v1", card);
        registry.failCards(true);
        start();
        Waiting.until(() -> registry.asked() > 0);
        registry.failCards(false);

        Waiting.until(() -> registry.given() > 0);
        Waiting.until(() -> "# Granite\n".equals(shown(card)));
        assertThat(registry.given()).isEqualTo(1);
    }

    @Test
    void aCardThatNoEntryHasIsForgotten() throws InterruptedException {
        ModelCard card = card("granite", "# Granite\n");
        registry.version(1, "granite", "v1", card);
        start();
        awaitAtHand(card);

        registry.version(1, "granite", "v1", null);
        registry.announce();

        Waiting.until(() -> !cards.isAtHand(card.version()));
    }

    @Test
    void aSiteTellsOfTheModelAndItsOtherVersions() throws InterruptedException {
        registry.version(1, "granite", "v1", card("granite", "# Granite\n"));
        registry.version(2, "granite", "v2", null);
        registry.version(3, "mistral", "v1", null);
        start();

        assertThat(files(site(V1)))
                .containsOnlyKeys("granite/mkdocs.yml", "granite/docs/index.md", "granite/docs/versions/v2.md");
        assertThat(file(site(V1), "granite/docs/index.md")).startsWith("# Granite\n\n## About this model\n");
        assertThat(files(site(new EntryKey("mistral", "v1"))))
                .containsOnlyKeys("mistral/mkdocs.yml", "mistral/docs/index.md");
        assertThat(cards.site(new EntryKey("llama", "v1"))).isEmpty();
    }

    @Test
    void theRevisionChangesWithWhatIsShownAndWithNothingElse() throws InterruptedException {
        registry.version(1, "granite", "v1", card("granite", "# Granite\n"));
        start();
        DocumentationSite before = site(V1);
        assertThat(site(V1).revision()).isEqualTo(before.revision());

        CountDownLatch published = new CountDownLatch(1);
        feed.addListener(change -> published.countDown());
        registry.version(3, "mistral", "v1", null);
        registry.announce();
        assertThat(published.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(site(V1).revision()).isEqualTo(before.revision());

        registry.version(1, "granite", "v1", card("granite", "# Granite 3.1\n"));
        registry.announce();
        Waiting.until(() -> !site(V1).revision().equals(before.revision()));
        assertThat(file(site(V1), "granite/docs/index.md")).startsWith("# Granite 3.1\n");
        assertThat(file(before, "granite/docs/index.md")).startsWith("# Granite\n");
    }

    @Test
    void theRevisionIsTheSameAfterARestart() throws InterruptedException {
        registry.version(1, "granite", "v1", card("granite", "# Granite\n"));
        start();
        ScriptedRegistry again = new ScriptedRegistry();
        again.version(1, "granite", "v1", card("granite", "# Granite\n"));
        try (ModelFeed restarted = ModelFeed.builder().source(again).build();
                ModelCards theirs = ModelCards.of(restarted)) {
            restarted.start();
            assertThat(restarted.awaitPublished(Duration.ofSeconds(20))).isTrue();

            assertThat(theirs.site(V1).orElseThrow().revision()).isEqualTo(site(V1).revision());
        }
    }

    @Test
    void theFiftyNewestOtherVersionsHavePages() throws InterruptedException {
        IntStream.rangeClosed(1, 60).forEach(i -> registry.version(1000 + i, "granite", "v" + i, null));
        start();

        DocumentationSite site = site(new EntryKey("granite", "v5"));
        assertThat(files(site))
                .hasSize(52)
                .containsKey("granite/docs/versions/v60.md")
                .containsKey("granite/docs/versions/v11.md")
                .doesNotContainKey("granite/docs/versions/v10.md");
        assertThat(file(site, "granite/docs/index.md"))
                .contains("[v60](versions/v60.md)")
                .contains("Older versions that have no page here: 9.");
    }

    @Test
    void thereIsNoSiteWithoutTheCardThatAnEntryHas() throws InterruptedException {
        registry.version(1, "granite", "v1", card("granite", "# Granite\n"));
        registry.failCards(true);
        start();

        assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> cards.site(V1));
    }

    @Test
    void beforeTheFirstPublicationNothingIsSaidOfSites() {
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> cards.site(V1))
                .withMessageContaining("granite/v1");
    }

    @Test
    void thereAreNoSitesWithoutAFeed() {
        try (ModelCards others = ModelCards.builder(new ScriptedProvider()).build()) {
            assertThat(others.site(V1)).isEmpty();
        }
    }
}
