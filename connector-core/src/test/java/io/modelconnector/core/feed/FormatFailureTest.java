package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.InexpressibleEntryException;
import io.modelconnector.core.format.JsonArrayFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FormatFailureTest {
    @Test
    void anEntryThatAFormatCannotSayIsLeftOutOfThatFormatOnly() throws InterruptedException {
        FeedFormat picky = new PickyFormat();
        FeedFormat json = new JsonArrayFormat(URI.create("http://localhost:9090"));
        try (ModelFeed feed = ModelFeed.builder()
                .source(ScriptedSource.of("a", version(1, "granite"), version(2, "llama")))
                .format(json)
                .format(picky)
                .build()) {
            feed.start();
            assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
            FeedSnapshot snapshot = feed.snapshot();

            assertThat(list(snapshot, json)).contains("/granite/140/model-catalog.json", "/llama/140/");
            assertThat(list(snapshot, picky)).isEqualTo("{\"uris\":[\"/granite/140/picky.txt\"]}");
            assertThat(feed.health().problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("llama/140", "picky", "no llamas"));
        }
    }

    @Test
    void anEntryThatAFormatCanNoLongerSayStaysAsItWasThere() throws InterruptedException {
        PickyFormat picky = new PickyFormat();
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        FeedProbe probe = new FeedProbe();
        try (ModelFeed feed =
                ModelFeed.builder().source(source).format(picky).listener(probe).build()) {
            feed.start();
            FeedSnapshot before = probe.next().snapshot();

            picky.refuse = "granite";
            source.change(ScriptedSource.snapshot(version(1, "granite", "Granite 4")));
            FeedSnapshot after = probe.next().snapshot();

            assertThat(after.list(picky).orElseThrow().etag())
                    .isEqualTo(before.list(picky).orElseThrow().etag());
            assertThat(after.problems()).hasSize(1);
        }
    }

    @Test
    void whatAFormatLosesOfAnEntryIsAProblemThatNamesTheEntryAndTheFormat() throws InterruptedException {
        PickyFormat lossy = new PickyFormat();
        lossy.lossy = true;
        try (ModelFeed feed = ModelFeed.builder()
                .source(ScriptedSource.of("a", version(1, "granite")))
                .format(lossy)
                .build()) {
            feed.start();
            assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();

            assertThat(list(feed.snapshot(), lossy)).contains("granite");
            assertThat(feed.health().problems())
                    .singleElement()
                    .satisfies(problem ->
                            assertThat(problem.message()).contains("granite/140", "picky", "its tags are left out"));
        }
    }

    @Test
    void anEntryForWhichAFormatHasNoWordsLeavesIt() throws InterruptedException {
        PickyFormat picky = new PickyFormat();
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        FeedProbe probe = new FeedProbe();
        try (ModelFeed feed =
                ModelFeed.builder().source(source).format(picky).listener(probe).build()) {
            feed.start();
            FeedSnapshot before = probe.next().snapshot();
            assertThat(list(before, picky)).contains("granite");

            picky.inexpressible = "granite";
            source.change(ScriptedSource.snapshot(version(1, "granite", "Granite 4")));
            FeedSnapshot after = probe.next().snapshot();

            assertThat(list(after, picky)).isEqualTo("{\"uris\":[]}");
            assertThat(after.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .isEqualTo(
                                    "entry granite/140 cannot be written as picky and is left out there: no granites"));
        }
    }

    private static String list(FeedSnapshot snapshot, FeedFormat format) {
        return StandardCharsets.UTF_8
                .decode(snapshot.list(format).orElseThrow().bytes())
                .toString();
    }

    private static final class PickyFormat implements FeedFormat {
        private volatile String refuse = "llama";
        private volatile String inexpressible = "none";
        private volatile boolean lossy;

        @Override
        public String name() {
            return "picky";
        }

        @Override
        public String fileName() {
            return "picky.txt";
        }

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] write(CatalogEntry entry) {
            if (entry.key().first().startsWith(refuse)) {
                throw new IllegalArgumentException("no llamas");
            }
            if (entry.key().first().startsWith(inexpressible)) {
                throw new InexpressibleEntryException("no granites");
            }
            return entry.key().toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] write(CatalogEntry entry, Consumer<String> losses) {
            byte[] written = write(entry);
            if (lossy) {
                losses.accept("its tags are left out");
            }
            return written;
        }
    }
}
