package io.modelconnector.techdocs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.techdocs.clean.ModelCardCleaner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cards of somebody who means harm, cleaned, built by MkDocs and opened in a browser. */
class HostileCardsIT {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final URI ORIGIN = URI.create("https://models.example.com/granite/");

    /** What 7 * 191 is: on a page it shows that a template was carried out. */
    private static final String CARRIED_OUT = "1337";

    /** What begins the file that some cards want to be included. */
    private static final String PASSWORD_FILE = "root:x:0:0";

    private static final Path FRONT_MATTER_TRACE = Path.of("/tmp/pwned-by-front-matter");

    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        RenderingTools.install(RenderedCards.TARGET);
        chromium = Chromium.start(Files.createTempDirectory(RenderedCards.TARGET, "chromium"));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "PYMDOWN", "TECHDOCS"})
    void noCardRunsAScriptAsksAnotherHostOrHidesItsText(MkDocs mkDocs) throws IOException {
        assertThat(CardCorpus.hostile()).hasSizeGreaterThanOrEqualTo(60);

        assertThat(misdeeds(mkDocs, "hostile", cleaned(CardCorpus.hostile(), null), ""))
                .isEmpty();
        assertThat(FRONT_MATTER_TRACE).doesNotExist();
    }

    @Test
    void aCardWithAKnownOriginAsksNobodyElse() throws IOException {
        SortedMap<String, String> cards = cleaned(CardCorpus.hostile(), ORIGIN);

        assertThat(misdeeds(
                        MkDocs.TECHDOCS, "origin", cards, ORIGIN.resolve("/").toString()))
                .isEmpty();
    }

    @Test
    void aCardThatIsLargeOrDeepIsShownWithoutHarm() throws IOException {
        assertThat(misdeeds(MkDocs.TECHDOCS, "large", cleaned(GeneratedCards.shown(), null), ""))
                .isEmpty();
    }

    @Test
    void noTemplateInACardIsCarriedOut() throws IOException {
        SortedMap<String, String> cards = cleaned(CardCorpus.hostile(), null);
        Path site = MkDocs.MACROS.build(RenderedCards.TARGET, RenderedCards.directory(MkDocs.MACROS, "hostile"), cards);

        for (String card : cards.keySet()) {
            assertThat(Files.readString(site.resolve(MkDocs.page(card))))
                    .as(card)
                    .doesNotContain(CARRIED_OUT)
                    .doesNotContain("Macro Rendering Error");
        }
    }

    @Test
    void noCardTakesMoreThanASecondToClean() throws IOException {
        SortedMap<String, byte[]> cards = CardCorpus.hostile();
        cards.putAll(GeneratedCards.full());
        List<String> slow = new ArrayList<>();

        for (Map.Entry<String, byte[]> card : cards.entrySet()) {
            Duration time = quickest(card.getValue());
            if (time.compareTo(LONGEST) > 0) {
                slow.add(card.getKey() + " " + time.toMillis() + " ms");
            }
        }

        assertThat(slow).isEmpty();
    }

    /** Without this, a browser that sees nothing would look like cards that do nothing. */
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "PYMDOWN", "TECHDOCS"})
    void theSameCardsAsTheyCameAreCaught(MkDocs mkDocs) throws IOException {
        SortedMap<String, String> raw = new TreeMap<>();
        for (String card : List.of(
                "script-block",
                "handlers-on-allowed-elements",
                "attribute-list-handlers",
                "javascript-links",
                "images-of-other-hosts",
                "css",
                "theme-elements",
                "meta-data-after-cleaning",
                "indented-code")) {
            raw.put(card, new String(CardCorpus.hostile().get(card), UTF_8));
        }
        try (RenderedCards pages = RenderedCards.render(mkDocs, chromium, "raw", raw)) {
            for (String card : raw.keySet()) {
                assertThat(pages.open(card).misdeeds(pages.innocent())).as(card).isNotEmpty();
            }
            assertThat(pages.open("script-block").scripts()).contains("block");
            assertThat(pages.open("handlers-on-allowed-elements").scripts()).contains("p", "td", "summary");
            assertThat(pages.open("images-of-other-hosts").requests()).contains("http://evil.invalid/1.png");
        }
    }

    @Test
    void aCardThatPreventsABuildIsNamed() throws IOException {
        SortedMap<String, String> raw = new TreeMap<>();
        raw.put("harmless", "# Harmless\n");
        raw.put("harmful", new String(CardCorpus.hostile().get("meta-data-template"), UTF_8));

        assertThatThrownBy(() -> MkDocs.TECHDOCS.build(
                        RenderedCards.TARGET, RenderedCards.directory(MkDocs.TECHDOCS, "broken"), raw))
                .hasMessageContaining("harmful")
                .hasMessageNotContaining("harmless=");
    }

    private static List<String> misdeeds(
            MkDocs mkDocs, String name, SortedMap<String, String> cards, String friendlyHost) throws IOException {
        List<String> misdeeds = new ArrayList<>();
        try (RenderedCards pages = RenderedCards.render(mkDocs, chromium, name, cards)) {
            for (Map.Entry<String, String> card : cards.entrySet()) {
                PageReport page = pages.open(card.getKey());
                for (String misdeed : page.misdeeds(pages.innocent())) {
                    if (friendlyHost.isEmpty() || !misdeed.startsWith("asked for " + friendlyHost)) {
                        misdeeds.add(card.getKey() + " " + misdeed);
                    }
                }
                if (page.text().contains(PASSWORD_FILE)) {
                    misdeeds.add(card.getKey() + " shows a file of this machine");
                }
                if (card.getValue().contains(CardCorpus.END) && !page.text().contains(CardCorpus.END)) {
                    misdeeds.add(card.getKey() + " hides its end");
                }
            }
        }
        return misdeeds;
    }

    private static SortedMap<String, String> cleaned(SortedMap<String, byte[]> cards, URI origin) {
        SortedMap<String, String> cleaned = new TreeMap<>();
        cards.forEach((name, card) -> cleaned.put(
                name, ModelCardCleaner.defaults().clean(card, origin).markdown()));
        return cleaned;
    }

    /** The machine may be busy with something else, so a slow run is repeated. */
    private static Duration quickest(byte[] card) {
        Duration quickest = Duration.ofDays(1);
        for (int run = 0; run < 4 && quickest.compareTo(LONGEST.dividedBy(4)) > 0; run++) {
            long start = System.nanoTime();
            ModelCardCleaner.defaults().clean(card, null);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            quickest = time.compareTo(quickest) < 0 ? time : quickest;
        }
        return quickest;
    }
}
