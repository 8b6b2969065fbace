package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.served;
import static io.modelconnector.core.feed.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same facts give the same bytes: in whatever order they come, and after a restart. */
@Timeout(60)
class DeterminismTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderOfSourcesObjectsAndPropertiesDoesNotMatter(long seed) throws InterruptedException {
        assertThat(feedInOrder(new Random(seed))).isEqualTo(feedInOrder(new Random(0)));
    }

    /** Everything that a client can see of a feed over shuffled facts: the list, each payload, and all ETags. */
    private static List<String> feedInOrder(Random random) throws InterruptedException {
        List<RegisteredModelVersion> versions = new ArrayList<>();
        for (int id = 1; id <= 12; id++) {
            List<ModelArtifact> artifacts = new ArrayList<>(List.of(
                    Facts.artifact(id, "a"),
                    Facts.artifact(id + 100, "b"),
                    new ModelArtifact("9", "doc-artifact", null, shuffled(random), null)));
            Collections.shuffle(artifacts, random);
            versions.add(version("public", id, "granite " + id % 7, "IBM Granite", artifacts));
        }
        List<ServedModel> services = new ArrayList<>(List.of(
                served("fraud", "bert"), served("fra--ud", "bert"), served("granite1", "140"), served("search", "e5")));
        List<ScriptedSource> sources = new ArrayList<>();
        Collections.shuffle(versions, random);
        Collections.shuffle(services, random);
        sources.add(new ScriptedSource(
                "rhoai", ScriptedSource.parts(SourcePart.complete("public", versions, List.of(), List.of()))));
        sources.add(new ScriptedSource(
                "copy",
                ScriptedSource.snapshot(
                        version("public", 3, "granite 3", "the same version, told otherwise", List.of()))));
        sources.add(new ScriptedSource(
                "kserve", ScriptedSource.parts(SourcePart.complete("cluster", List.of(), services, List.of()))));
        Collections.shuffle(sources, random);
        ModelFeedBuilder builder = ModelFeed.builder();
        sources.forEach(builder::source);
        try (ModelFeed feed = builder.build()) {
            feed.start();
            assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
            List<String> visible = new ArrayList<>();
            var format = feed.formats().get(0);
            visible.add(text(feed.snapshot().list(format).orElseThrow()));
            feed.snapshot()
                    .entries()
                    .forEach(entry -> visible.add(text(entry.payload(format).orElseThrow())));
            feed.snapshot().problems().forEach(problem -> visible.add(problem.toString()));
            assertThat(visible).hasSizeGreaterThan(16);
            return visible;
        }
    }

    private static String text(Payload payload) {
        return payload.etag() + ' ' + StandardCharsets.UTF_8.decode(payload.bytes());
    }

    private static CustomProperties shuffled(Random random) {
        List<String> names = new ArrayList<>(List.of("Provider", "_lastModified", "prod", "License", "Source model"));
        Collections.shuffle(names, random);
        Map<String, String> properties = new LinkedHashMap<>();
        names.forEach(name -> properties.put(name, "of " + name));
        return CustomProperties.of(properties);
    }
}
