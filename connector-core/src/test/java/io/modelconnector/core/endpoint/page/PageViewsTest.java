package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.endpoint.ModelDocumentation;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ScriptedSource;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.InMemoryEntryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page tells. */
@Timeout(60)
class PageViewsTest {
    private static final String ENTRY = "/?entry=granite-31-8b-instruct/140";

    private SampleFeed sample;
    private FeedEndpoint endpoint;

    @BeforeEach
    void publish() throws InterruptedException {
        sample = SampleFeed.small();
        endpoint = FeedEndpoint.builder(sample.feed).page(page(sample.feed)).build();
    }

    /** Tests look again within the second for which a view is kept. */
    private static FeedPage page(ModelFeed feed) {
        long[] now = {0};
        return FeedPage.builder(feed).nanoTime(() -> now[0] += 2_000_000_000L).build();
    }

    @AfterEach
    void close() {
        sample.close();
    }

    @Test
    void allEntriesAreListedWithWhatIsToBeKnownAtAGlance() {
        HtmlDocument page = open("/");

        assertThat(listed(page))
                .containsExactly(
                        "ai-models-fraud-scorer",
                        "ai-models-ticket-triage",
                        "granite-31-8b-instruct-140",
                        "llama-33-70b-instruct-140",
                        "whisper-140");
        assertThat(count(page)).isEqualTo("5 models");
        assertThat(page.one("tbody").text())
                .contains("✓ Served", "¶ Card", "✕ 1 problem", "Turns speech into text.", "15 Jun 2025")
                .doesNotContain("Stale");
        assertThat(page.texts("header").get(0)).contains("Up to date");
    }

    @Test
    void aSearchFindsWordsWhereverTheyAre() {
        assertThat(listed(open("/?q=WHISPER"))).containsExactly("whisper-140");
        assertThat(listed(open("/?q=answers+granite"))).containsExactly("granite-31-8b-instruct-140");
        assertThat(listed(open("/?q=public/30"))).containsExactly("whisper-140");
        HtmlDocument none = open("/?q=granite+whisper");
        assertThat(count(none)).isEqualTo("No models");
        assertThat(none.all("table")).isEmpty();
        assertThat(none.all("input").get(0).attribute("value")).isEqualTo("granite whisper");
    }

    @Test
    void aFilterLeavesOutTheRest() {
        assertThat(listed(open("/?show=served"))).containsExactly("ai-models-fraud-scorer", "ai-models-ticket-triage");
        assertThat(listed(open("/?show=unserved"))).hasSize(3);
        assertThat(listed(open("/?show=card"))).containsExactly("granite-31-8b-instruct-140");
        assertThat(listed(open("/?show=problems"))).containsExactly("llama-33-70b-instruct-140");
        assertThat(listed(open("/?source=cluster"))).hasSize(2);
        assertThat(listed(open("/?source=registries&q=instruct&show=unserved"))).hasSize(2);
        assertThat(open("/?show=card").all("option"))
                .filteredOn(option -> option.attributes().containsKey("selected"))
                .extracting(option -> option.attribute("value"))
                .containsExactly("card", "");
    }

    @Test
    void theNewestComeFirstForWhoAsksForThat() {
        HtmlDocument page = open("/?sort=updated");

        assertThat(listed(page).subList(0, 3))
                .containsExactly("whisper-140", "llama-33-70b-instruct-140", "granite-31-8b-instruct-140");
        assertThat(page.all("th"))
                .extracting(header -> header.attribute("aria-sort"))
                .contains("none", "descending");
    }

    @Test
    void aSourceThatCannotBeReadIsShownAndSoIsWhatIsStaleOfIt() {
        sample.withResearchDown();

        HtmlDocument models = open("/");
        assertThat(models.texts("header").get(0)).contains("Partly stale");
        assertThat(models.texts("main").get(0)).contains("registries ▲ Stale The last read failed");
        assertThat(listed(open("/?show=stale"))).containsExactly("whisper-140");
        assertThat(open("/?entry=whisper/140").one("main").text()).contains("▲ Stale");

        HtmlDocument sources = open("/?view=sources");
        assertThat(sources.one("main").text())
                .contains(
                        "registries ▲ Stale",
                        "cluster ✓ Up to date",
                        "was answered 503",
                        "see whether its pod is ready")
                .contains("reading is tried again by itself");
        assertThat(sources.texts("th")).contains("Part", "Status", "Last complete read", "public", "ai-models");
        assertThat(sources.texts("time"))
                .allMatch(time -> time.matches("\\d+ [A-Z][a-z]{2} \\d{4}, \\d\\d:\\d\\d UTC"));
        assertThat(sources.all("time"))
                .extracting(time -> time.attribute("datetime"))
                .allMatch(time -> time.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?Z"));
    }

    @Test
    void aProblemSaysWhatIsWrongWithWhatAndCanBeSearchedFor() {
        HtmlDocument page = open("/?view=problems");

        assertThat(count(page)).isEqualTo("1 problem");
        assertThat(page.one("main").text())
                .contains("public/12/1012", "registries, public", "correct it in the registry");
        assertThat(page.all("a"))
                .extracting(link -> link.attribute("href"))
                .contains("?entry=llama-33-70b-instruct/140");
        assertThat(count(open("/?view=problems&q=howtouse+wiki"))).isEqualTo("1 problem");
        assertThat(count(open("/?view=problems&q=granite"))).isEqualTo("No problems");
        assertThat(open("/?entry=llama-33-70b-instruct/140").one("main").text()).contains("which is no URL");
    }

    @Test
    void anEntryIsShownWithItsFieldsItsPayloadsAndItsLinks() {
        HtmlDocument page = open(ENTRY);

        assertThat(page.texts("h1")).containsExactly("granite-31-8b-instruct-140");
        assertThat(page.texts("dt"))
                .contains("Owner", "Lifecycle", "License", "Tags", "Source", "Origin", "Last update");
        assertThat(page.one("main").text()).contains("registries, public", "public/11/1011", "15 Jun 2025, 15:38 UTC");
        assertThat(page.texts("summary")).containsExactly("JsonArrayFormat", "CatalogInfoYamlFormat");
        assertThat(page.texts("pre").get(1))
                .startsWith("{\n  \"models\" : [ {\n    \"name\" : \"granite-31-8b-instruct-140\"");
        assertThat(page.texts("pre").get(2)).contains("apiVersion: \"backstage.io/v1alpha1\"");
        assertThat(page.all("a"))
                .extracting(link -> link.attribute("href"))
                .contains(
                        "granite-31-8b-instruct/140/model-catalog.json",
                        "granite-31-8b-instruct/140/catalog-info.yaml",
                        "modelcard?key=redhat_ai_modelsRedHatAIgranite3.1")
                .noneMatch(link -> link.startsWith("api/"));
        HtmlDocument served = open("/?entry=ai-models/fraud-scorer");
        assertThat(served.texts("h2")).contains("Model server");
        assertThat(served.all("a"))
                .extracting(link -> link.attribute("href"))
                .contains("https://fraud-scorer-ai-models.apps.example.com");
    }

    @Test
    void aCardIsShownAsTextUnlessSomebodyCanWriteItAsHtml() {
        assertThat(open(ENTRY).texts("pre").get(0))
                .isEqualTo(SampleFeed.CARD.markdown().strip());

        HtmlDocument rendered = Browser.open(with(card -> Optional.of("<h3>Granite 3.1</h3><p>A model</p>")), ENTRY);
        assertThat(rendered.texts("h3")).containsExactly("Granite 3.1");
        assertThat(rendered.texts("pre")).hasSize(2);
    }

    @Test
    void aCardThatCannotBeReadCostsOnlyItself() {
        HtmlDocument page = Browser.open(
                with(card -> {
                    throw new SourceUnavailableException("the catalog was answered 503");
                }),
                ENTRY);

        assertThat(page.one("main").text())
                .contains("The card cannot be read at the moment")
                .contains("Owner");
    }

    @Test
    void anEntryThatIsNotThereIsNotFound() {
        for (String location : List.of("granite/9", "nonsense", "", "a/b/c", "%3Cscript%3E")) {
            FeedResponse response = Browser.get(endpoint, "/?entry=" + location);

            assertThat(response.status()).isEqualTo(404);
            assertThat(Browser.document(response).texts("h1")).containsExactly("No such model");
        }
    }

    @Test
    void anEntryThatHasJustLeftSaysSo() {
        sample.cluster.change(ScriptedSource.snapshot());
        await().until(() -> sample.feed.snapshot().entries().size() == 3);

        assertThat(open("/?entry=ai-models/fraud-scorer").one("main").text()).contains("has left the feed");
        assertThat(listed(open("/"))).hasSize(3);
    }

    @Test
    void everyEndpointIsNamedWithAnExampleThatWorks() {
        FeedEndpoint linked = FeedEndpoint.builder(sample.feed)
                .page(FeedPage.builder(sample.feed)
                        .link("Metrics", java.net.URI.create("http://localhost:8081/metrics"))
                        .build())
                .build();
        HtmlDocument page = Browser.open(linked, "/?view=endpoints");

        List<String> examples = page.all("a").stream()
                .filter(link -> link.text().toString().startsWith("/"))
                .map(link -> link.attribute("href"))
                .toList();
        assertThat(examples)
                .hasSize(5)
                .allSatisfy(example ->
                        assertThat(Browser.get(linked, "/" + example).status()).isEqualTo(200));
        assertThat(page.texts("a")).contains("Metrics");
    }

    @Test
    void beforeThereIsAnythingThePageSaysWhatIsWaitedFor() {
        ScriptedSource down = new ScriptedSource("registries", ScriptedSource.failure(SampleFeed.DOWN));
        try (ModelFeed waiting = ModelFeed.builder().source(down).build()) {
            FeedEndpoint early =
                    FeedEndpoint.builder(waiting).page(page(waiting)).build();
            assertThat(Browser.open(early, "/?view=sources").one("main").text()).contains("Not read yet");
            waiting.start();
            await().until(() -> waiting.health().sources().get(0).status() == HealthStatus.DOWN);

            HtmlDocument page = Browser.open(early, "/");
            assertThat(page.one("main").text()).contains("Nothing is published before", "✕ Down");
            assertThat(page.all("table")).isEmpty();
            assertThat(page.texts("header").get(0)).contains("Not published yet");
            assertThat(Browser.open(early, "/?view=sources").one("main").text()).contains("was answered 503");
            assertThat(Browser.get(early, ENTRY).status()).isEqualTo(404);
        }
    }

    @Test
    void anEmptyFeedIsNoFault() throws InterruptedException {
        try (ModelFeed empty =
                ModelFeed.builder().source(ScriptedSource.of("registries")).build()) {
            empty.start();
            assertThat(empty.awaitPublished(Duration.ofSeconds(10))).isTrue();
            FeedEndpoint shown =
                    FeedEndpoint.builder(empty).page(FeedPage.of(empty)).build();

            assertThat(Browser.open(shown, "/").one("main").text()).contains("The feed is empty");
            assertThat(Browser.open(shown, "/?view=endpoints").texts("h1")).containsExactly("Endpoints");
        }
    }

    @Test
    void theStoreIsShownWhereThereIsOne() throws InterruptedException {
        try (ModelFeed kept = ModelFeed.builder()
                .source(ScriptedSource.of("registries", Facts.version(1, "granite")))
                .store(new InMemoryEntryStore())
                .build()) {
            kept.start();
            assertThat(kept.awaitPublished(Duration.ofSeconds(10))).isTrue();
            await().until(() -> kept.health().store().status() == HealthStatus.UP);
            FeedEndpoint shown =
                    FeedEndpoint.builder(kept).page(FeedPage.of(kept)).build();

            HtmlDocument sources = Browser.open(shown, "/?view=sources");
            assertThat(sources.texts("h2")).containsExactly("registries ✓ Up to date", "Store ✓ Up to date");
            assertThat(sources.texts("dt")).contains("Last in step", "Waiting to be written");
        }
        assertThat(open("/?view=sources").texts("h2")).noneMatch(heading -> heading.startsWith("Store"));
    }

    private FeedEndpoint with(CardWriter writer) {
        return FeedEndpoint.builder(sample.feed)
                .page(page(sample.feed))
                .documentation(new ModelDocumentation() {
                    @Override
                    public Optional<Payload> card(CardVersion card) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> cardHtml(CardVersion card) {
                        return writer.write(card);
                    }

                    @Override
                    public boolean isAtHand(CardVersion card) {
                        return true;
                    }
                })
                .build();
    }

    private interface CardWriter {
        Optional<String> write(CardVersion card);
    }

    private HtmlDocument open(String target) {
        return Browser.open(endpoint, target);
    }

    /** The names in the table. */
    private static List<String> listed(HtmlDocument page) {
        return page.all("a").stream()
                .filter(link -> link.attribute("href").startsWith("?entry="))
                .map(link -> link.text().toString())
                .toList();
    }

    private static String count(HtmlDocument page) {
        return page.all("p").stream()
                .filter(each -> each.attribute("role").equals("status"))
                .findFirst()
                .orElseThrow()
                .text()
                .toString();
    }
}
