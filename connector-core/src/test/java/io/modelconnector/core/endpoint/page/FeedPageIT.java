package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.ModelDocumentation;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.format.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a browser. Runs under the profile {@code page-e2e}, and leaves pictures in {@code target/page-screenshots}. */
@Timeout(180)
class FeedPageIT {
    private static final String ENTRY = "?entry=granite-31-8b-instruct/140";
    private static final String[] VIEWS = {"", ENTRY, "?view=sources", "?view=problems", "?view=endpoints"};
    private static final String CARD =
            "<h3>Granite 3.1 8B Instruct</h3><p>A model for <em>instructions</em>, in twelve languages.</p>"
                    + "<table><thead><tr><th>Task</th><th align=\"right\">Score</th></tr></thead>"
                    + "<tbody><tr><td>Ticket summaries</td><td align=\"right\">71 %</td></tr></tbody></table>"
                    + "<pre><code>curl https://granite.models.example.com/v1/chat/completions --data @prompt.json --header"
                    + " 'Content-Type: application/json'</code></pre>";

    private static Chromium browser;
    private static SampleFeed small;
    private static SampleFeed large;
    private static LoopbackHost host;
    private static LoopbackHost largeHost;

    @BeforeAll
    static void open() throws Exception {
        browser = Chromium.start();
        small = SampleFeed.small().withResearchDown();
        large = SampleFeed.large(10_000);
        host = host(small, CARD);
        largeHost = host(large, CARD);
    }

    @AfterAll
    static void close() throws IOException {
        host.close();
        largeHost.close();
        small.close();
        large.close();
        browser.close();
    }

    private static LoopbackHost host(SampleFeed feed, String cardHtml) throws IOException {
        ModelDocumentation documentation = new ModelDocumentation() {
            @Override
            public Optional<Payload> card(CardVersion card) {
                return Optional.of(Payload.of(SampleFeed.CARD.markdown().getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public Optional<String> cardHtml(CardVersion card) {
                return Optional.of(cardHtml);
            }

            @Override
            public boolean isAtHand(CardVersion card) {
                return true;
            }
        };
        return new LoopbackHost(FeedEndpoint.builder(feed.feed)
                .documentation(documentation)
                .page(FeedPage.of(feed.feed))
                .build());
    }

    @Test
    void tenThousandEntriesArePaintedWithinASecond() throws IOException {
        browser.tab(1280, 900).go(largeHost.base());
        List<Double> paints = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            Chromium.Tab tab = browser.tab(1280, 900).go(largeHost.base() + "?page=" + (round + 2));
            paints.add(tab.value("new Promise(done => new PerformanceObserver(list => list.getEntries()"
                            + ".filter(entry => entry.name === 'first-contentful-paint')"
                            + ".forEach(entry => done(entry.startTime)))"
                            + ".observe({type: 'paint', buffered: true}))")
                    .asDouble());
            assertThat(tab.value("document.documentElement.outerHTML.length").asInt())
                    .isLessThan(1 << 20);
            assertThat(tab.value("document.getElementById('count').textContent").asText())
                    .startsWith("10,000 models");
        }
        System.out.println("first contentful paint of 10,000 entries, ms: " + paints);
        assertThat(paints).allMatch(paint -> paint < 1000);
        browser.tab(1280, 900).go(largeHost.base()).picture("models-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ENTRY, "?view=sources", "?view=problems", "?view=endpoints", "?entry=no/such"})
    void asksForNothingButItselfAndTheBrowserHasNothingToComplainAbout(String view) {
        Chromium.Tab tab = browser.tab(1280, 900).go(host.base() + view);

        assertThat(tab.requests()).filteredOn(url -> !url.startsWith("data:")).containsExactly(host.base() + view);
        assertThat(tab.complaints())
                .filteredOn(complaint -> !complaint.contains("status of 404"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360, 768, 1280})
    void noViewIsWiderThanTheScreen(int width) throws IOException {
        for (String view : VIEWS) {
            Chromium.Tab tab = browser.tab(width, 800).go(host.base() + view);
            tab.value("document.querySelectorAll('details').forEach(each => each.open = true)");

            assertThat(tab.value("document.documentElement.scrollWidth").asInt())
                    .as("%s at %s px", view, width)
                    .isLessThanOrEqualTo(width);
            tab.picture("width-" + width + "-" + name(view));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTextStandsOutFromItsGround(boolean dark) throws IOException {
        for (String view : VIEWS) {
            Chromium.Tab tab = browser.tab(1280, 900);
            if (dark) {
                tab.dark();
            }
            tab.go(host.base() + view);
            tab.value("document.querySelectorAll('details').forEach(each => each.open = true)");

            assertThat(tab.value(Accessibility.FAINT_TEXTS))
                    .as("%s, dark: %s", view, dark)
                    .isEmpty();
            tab.picture((dark ? "dark-" : "light-") + name(view));
        }
    }

    @Test
    void everythingCanBeReadAndSearchedWithoutJavaScript() throws IOException {
        Chromium.Tab tab = browser.tab(360, 800).withoutJavaScript().go(host.base() + "?q=whisper");
        tab.picture("without-javascript");

        List<String> names = Accessibility.names(tab.accessibilityTree(), "link");
        assertThat(names).contains("whisper-140").doesNotContain("llama-33-70b-instruct-140");
        assertThat(Accessibility.names(tab.accessibilityTree(), "searchbox")).containsExactly("Search");
    }

    @Test
    void typingShowsWhatIsFoundAndSaysHowMuchThatIs() {
        Chromium.Tab tab = browser.tab(1280, 900).go(host.base());
        tab.value("document.querySelector('input[type=search]').focus()");
        tab.type("speech");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> tab.value("document.getElementById('count').textContent")
                        .asText()
                        .equals("1 model"));
        assertThat(tab.value("document.querySelectorAll('#results tbody tr').length")
                        .asInt())
                .isEqualTo(1);
        assertThat(tab.value("location.search").asText()).isEqualTo("?q=speech");
        assertThat(tab.value("document.activeElement.name").asText()).isEqualTo("q");
        assertThat(tab.value("document.querySelectorAll('#results').length").asInt())
                .isEqualTo(1);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void theKeyboardReachesEverythingAndShowsWhereItIs() throws IOException {
        for (String view : VIEWS) {
            Chromium.Tab tab = browser.tab(1280, 900).go(host.base() + view);
            int reachable = tab.value(
                            "[...document.querySelectorAll('a[href], button, select, summary,"
                                    + " input:not([type=hidden]), pre[tabindex]')].filter(each => each.checkVisibility()).length")
                    .asInt();
            Set<String> reached = new HashSet<>();
            for (int i = 0; i < reachable; i++) {
                tab.press("Tab", 9);
                JsonNode at = tab.value(Accessibility.FOCUS);
                assertThat(at.path("outline").asText()).as("%s: %s", view, at).isNotEqualTo("none");
                reached.add(at.path("path").asText());
                if (i == 0) {
                    assertThat(at.path("text").asText()).isEqualTo("Skip to the content");
                    assertThat(at.path("left").asInt()).isNotNegative();
                    tab.picture("skip-link");
                }
            }
            assertThat(reached).as(view).hasSize(reachable);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 1280})
    void assistiveTechnologyIsToldWhatThingsAre(int width) {
        for (String view : VIEWS) {
            JsonNode tree = browser.tab(width, 800).go(host.base() + view).accessibilityTree();

            for (String role : List.of("banner", "main", "contentinfo")) {
                assertThat(Accessibility.count(tree, role))
                        .as("%s %s", view, role)
                        .isEqualTo(1);
            }
            assertThat(Accessibility.headingLevels(tree)).as(view).startsWith(1);
            Accessibility.assertHeadingsInOrder(tree);
            for (String role : List.of("link", "button", "combobox", "searchbox", "navigation", "region")) {
                assertThat(Accessibility.names(tree, role))
                        .as("%s %s", view, role)
                        .noneMatch(String::isBlank);
            }
        }
        JsonNode models = browser.tab(width, 800).go(host.base()).accessibilityTree();
        assertThat(Accessibility.names(models, "table")).containsExactly("The models of the feed");
        assertThat(Accessibility.count(models, "rowheader")).isEqualTo(5);
        assertThat(Accessibility.names(models, "columnheader"))
                .anyMatch(name -> name.startsWith("Model"))
                .contains("Owner", "Lifecycle", "State", "Updated");
        assertThat(Accessibility.count(models, "status")).isEqualTo(1);
    }

    @Test
    void aCardThatTriesToRunSomethingIsRefusedByTheBrowserEvenIfNobodyCleanedIt() throws IOException {
        String hostile = "<script>window.ran = 1</script><img src=\"stolen\" onerror=\"window.ran = 1\">"
                + "<p style=\"position:fixed;inset:0;background:red\" onclick=\"window.ran = 1\">hello</p>"
                + "<iframe src=\"stolen\"></iframe><form action=\"http://127.0.0.1:9/\"><button>Go</button></form>"
                + "<link rel=\"stylesheet\" href=\"stolen\"><svg onload=\"window.ran = 1\"></svg>";
        try (LoopbackHost careless = host(small, hostile)) {
            Chromium.Tab tab = browser.tab(1280, 900).go(careless.base() + ENTRY);

            assertThat(tab.value("String(window.ran)").asText()).isEqualTo("undefined");
            assertThat(careless.asked()).containsExactly("/" + ENTRY);
            assertThat(tab.value("getComputedStyle(document.querySelector('.card p')).position")
                            .asText())
                    .isEqualTo("static");
        }
    }

    private static String name(String view) {
        return view.isEmpty() ? "models" : view.startsWith(ENTRY) ? "entry" : view.replace("?view=", "");
    }
}
