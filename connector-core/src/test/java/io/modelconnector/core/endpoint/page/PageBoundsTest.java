package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.source.RegisteredModelVersion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes from elsewhere, however much and whatever it is. */
@Timeout(120)
class PageBoundsTest {
    private static final int MOST = 1 << 20;
    private static final String HOSTILE =
            "</title></script></style></pre><script>alert(1)</script>\" onfocus=\"alert(1)\" x='<img src=x onerror=alert(1)>"
                    + "&lt;b&gt; \u202Eevil\u202C \u0000\u001B \ud800 end";

    @Test
    void tenThousandEntriesAreShownPageByPage() throws InterruptedException {
        try (SampleFeed sample = SampleFeed.large(10_000)) {
            FeedEndpoint endpoint = endpoint(sample);
            assertThat(sample.feed.snapshot().entries()).hasSize(10_000);

            HtmlDocument first = small(endpoint, "/");
            assertThat(first.all("tr")).hasSize(51);
            assertThat(first.one("main").text()).contains("10,000 models, 1 to 50 shown", "Page 1 of 200");
            HtmlDocument last = small(endpoint, "/?page=200&q=desk");
            assertThat(last.all("tr")).hasSize(49);
            assertThat(last.one("main").text()).contains("9,998 models, 9,951 to 9,998 shown");
            assertThat(last.all("a")).extracting(link -> link.attribute("href")).contains("?q=desk&page=199");
            assertThat(small(endpoint, "/?page=999999").all("tr")).hasSize(51);
            assertThat(small(endpoint, "/?q=variant+4321+of").one("tbody").text())
                    .contains("4321");
            assertThat(small(endpoint, "/?view=problems").one("main").text()).contains("499 problems, 1 to 50 shown");
            small(endpoint, "/?view=sources");
            small(endpoint, "/?view=endpoints");
        }
    }

    @Test
    void namesDescriptionsAndCardsStayText() throws InterruptedException {
        RegisteredModelVersion hostile = SampleFeed.withCard(
                7, "granite " + HOSTILE, HOSTILE, ModelCard.of(SampleFeed.CARD.reference(), "# Card\n\n" + HOSTILE));
        try (SampleFeed sample = SampleFeed.of(hostile)) {
            sample.registries.card(ModelCard.of(SampleFeed.CARD.reference(), "# Card\n\n" + HOSTILE));
            FeedEndpoint endpoint = endpoint(sample);
            String key = sample.feed.snapshot().entries().stream()
                    .map(entry -> entry.key().toString())
                    .filter(each -> each.startsWith("granite"))
                    .findFirst()
                    .orElseThrow();

            for (String view : List.of(
                    "/",
                    "/?entry=" + key,
                    "/?view=problems",
                    "/?q=%22%3E%3Cscript%3E%E2%80%AE",
                    "/?source=%22%3E%3Cimg%3E")) {
                HtmlDocument page = small(endpoint, view);
                assertThat(page.all("script")).hasSize(1);
                assertThat(page.all("style")).hasSize(1);
                assertThat(page.all("img")).isEmpty();
                assertThat(page.all())
                        .allSatisfy(element -> assertThat(element.attributes()).doesNotContainKey("onfocus"));
                assertThat(page.one("main").text().toString())
                        .doesNotContain("\u202E", "\u0000", "\u001B")
                        .as("the payload and the card are shown, the characters that would do something are not");
            }
            assertThat(small(endpoint, "/?entry=" + key).texts("pre").get(0))
                    .contains("<script>alert(1)</script>", "\uFFFDevil\uFFFD");
        }
    }

    @Test
    void whatIsEndlessIsCutAndSaysSo() throws InterruptedException {
        String endless = "<&\"long\u00e4\u20ac\ud83d\ude00 ".repeat(200_000);
        RegisteredModelVersion big =
                SampleFeed.withCard(7, "granite", endless, ModelCard.of(SampleFeed.CARD.reference(), endless));
        try (SampleFeed sample = SampleFeed.of(big)) {
            sample.registries.card(ModelCard.of(SampleFeed.CARD.reference(), endless));
            FeedEndpoint endpoint = endpoint(sample);

            small(endpoint, "/");
            assertThat(small(endpoint, "/?entry=granite/140").texts("main").get(0))
                    .contains("This is only the beginning");
            small(endpoint, "/?q=" + "a+".repeat(5000));
        }
    }

    @Test
    void fiftyVerboseModelsStillMakeASmallPage() throws InterruptedException {
        RegisteredModelVersion[] versions = IntStream.range(0, 50)
                .mapToObj(id -> Facts.version(id, "model-" + id, "\u20ac<".repeat(5000)))
                .toArray(RegisteredModelVersion[]::new);
        try (SampleFeed sample = SampleFeed.of(versions)) {
            assertThat(Browser.get(endpoint(sample), "/").body().remaining()).isLessThan(128 << 10);
        }
    }

    private static FeedEndpoint endpoint(SampleFeed sample) {
        return FeedEndpoint.builder(sample.feed).page(FeedPage.of(sample.feed)).build();
    }

    /** A view that is there, and not larger than it may be. */
    private static HtmlDocument small(FeedEndpoint endpoint, String target) {
        FeedResponse response = Browser.get(endpoint, target);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().remaining()).isLessThan(MOST);
        return Browser.document(response);
    }
}
