package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final FakeRegistry registry = FakeRegistry.current();
    private final ModelRegistryClient client =
            ModelRegistryClient.builder("public", registry.base()).build();
    private final Set<Object> known = new HashSet<>();
    private final KnownItems knownItems = new KnownItems() {
        @Override
        public boolean isKnown(Listed item) {
            return known.contains(item);
        }

        @Override
        public boolean isKnown(UnreadableItem item) {
            return known.contains(item);
        }
    };

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private void learn() throws InterruptedException {
        RegistryContents contents = client.contents();
        known.clear();
        known.addAll(contents.models().items());
        known.addAll(contents.models().unreadable());
        known.addAll(contents.versions().items());
        known.addAll(contents.artifacts().value().orElseThrow().items());
        registry.takeRequests();
    }

    @Test
    void asksOncePerListWhenNothingChanged() throws Exception {
        registry.models(500);
        learn();
        RegistryChanges changes = client.changes(knownItems);
        assertThat(changes.models().items()).isEmpty();
        assertThat(changes.models().tooMany()).isFalse();
        assertThat(changes.models().toTheEnd()).isFalse();
        assertThat(registry.takeRequests()).hasSize(5).allSatisfy(request -> {
            assertThat(request.getUrl().queryParameter("orderBy")).isEqualTo("LAST_UPDATE_TIME");
            assertThat(request.getUrl().queryParameter("sortOrder")).isEqualTo("DESC");
            assertThat(request.getUrl().queryParameter("pageSize")).isEqualTo("100");
        });
    }

    @Test
    void findsWhatChangedAndStopsAtAPageOfKnownItems() throws Exception {
        registry.models(500);
        learn();
        registry.put("registered_models", "1", "description", "changed");
        Changes<ListedModel> changes = client.changes(knownItems).models();
        assertThat(changes.items())
                .singleElement()
                .satisfies(item -> assertThat(item.model().description()).isEqualTo("changed"));
        assertThat(changes.tooMany()).isFalse();
        assertThat(registry.takePaths().stream().filter("/registered_models"::equals))
                .hasSize(2);
    }

    @Test
    void findsAChangeWithinTheSameMillisecond() throws Exception {
        registry.freezeTime();
        registry.models(90);
        learn();
        registry.put("registered_models", "1", "description", "changed");
        Changes<ListedModel> changes = client.changes(knownItems).models();
        assertThat(changes.items()).extracting(ListedModel::id).containsExactly("1");
    }

    @Test
    void tellsThatTheListWasSeenToItsEnd() throws Exception {
        registry.models(50);
        learn();
        registry.delete("registered_models", "1");
        Changes<ListedModel> changes = client.changes(knownItems).models();
        assertThat(changes.toTheEnd()).isTrue();
        assertThat(changes.seen()).isEqualTo(49);
    }

    @Test
    void tellsThatThereMayBeMoreWhenAWholePageIsNew() throws Exception {
        registry.models(10);
        learn();
        registry.models(300);
        assertThat(client.changes(knownItems).models().tooMany()).isTrue();
        assertThat(registry.takePaths().stream().filter("/registered_models"::equals))
                .hasSize(1);
    }

    @Test
    void doesNotBelieveAServerThatDoesNotSort() throws Exception {
        registry.models(3);
        learn();
        registry.on("registered_models", () -> FakeServer.json(200, """
                {"items":[{"id":"1","name":"granite-1","lastUpdateTimeSinceEpoch":"1"},
                 {"id":"3","name":"granite-2","lastUpdateTimeSinceEpoch":"2"}],"nextPageToken":"more"}"""));
        assertThat(client.changes(knownItems).models().tooMany()).isTrue();
    }

    @Test
    void endsWithAServerThatRepeatsItself() throws Exception {
        registry.models(3);
        learn();
        registry.on("registered_models", () -> FakeServer.json(200, """
                {"items":[{"id":"1","name":"new","lastUpdateTimeSinceEpoch":"2"},null],"nextPageToken":"more"}"""));
        known.add(new UnreadableItem("registered_models", null, null, "it is null instead of an object"));
        assertThat(client.changes(knownItems).models().tooMany()).isTrue();
    }

    @Test
    void takesAnItemThatIsKnownToBeUnreadableForKnown() throws Exception {
        registry.models(3).put("registered_models", "99", "{\"id\":\"99\",\"name\":{}}");
        learn();
        Changes<ListedModel> changes = client.changes(knownItems).models();
        assertThat(changes.unreadable()).isEmpty();
        assertThat(changes.seen()).isEqualTo(4);
    }

    @Test
    void ignoresArtifactsOfOtherTypesWhereTheServerDoesNotFilter() throws Exception {
        registry.models(1);
        learn();
        registry.on(
                "v1alpha3/artifacts",
                () -> FakeServer.page(
                        "{\"id\":\"5\",\"artifactType\":\"metric\"},{\"id\":\"6\",\"artifactType\":\"doc-artifact\"}"));
        Changes<ListedArtifact> changes =
                client.changes(knownItems).artifacts().value().orElseThrow();
        assertThat(changes.items()).extracting(ListedArtifact::id).containsExactly("6");
    }
}
