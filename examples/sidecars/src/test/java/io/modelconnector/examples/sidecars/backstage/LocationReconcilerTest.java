package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.BASE;
import static io.modelconnector.examples.sidecars.backstage.Entries.GRANITE;
import static io.modelconnector.examples.sidecars.backstage.Entries.LLAMA;
import static io.modelconnector.examples.sidecars.backstage.Entries.MISTRAL;
import static io.modelconnector.examples.sidecars.backstage.Entries.entry;
import static io.modelconnector.examples.sidecars.backstage.Entries.noted;
import static io.modelconnector.examples.sidecars.backstage.Entries.store;
import static io.modelconnector.examples.sidecars.backstage.Entries.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocationReconcilerTest {
    private static final URI OTHER_BASE = URI.create("http://localhost:9090");

    private final ReconcilerFixture fixture = new ReconcilerFixture();
    private final FakeBackstage backstage = fixture.backstage;
    private final WatchedStore entries = fixture.entries;

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void registersALocationForEachEntryAndNotesItsId() throws Exception {
        store(entries, GRANITE, MISTRAL);

        PassResult result = fixture.pass();

        assertThat(result)
                .isEqualTo(new PassResult(Set.of(GRANITE.importKey(), MISTRAL.importKey()), 0, Set.of(), null));
        assertThat(backstage.targets())
                .containsExactly(
                        "http://bridge.models.svc:9090/granite-3.1-8b-instruct/v1/model-catalog.json",
                        "http://bridge.models.svc:9090/mistral_small/2503/model-catalog.json");
        assertThat(backstage.locations()).extracting(CatalogLocation::type).containsOnly("rhdh-rhoai-bridge");
        assertThat(noted(entries, GRANITE))
                .isEqualTo(new PortalRegistration(backstage.idOf(target(GRANITE)), target(GRANITE), true));
        assertThat(entries.notes()).isOne();
    }

    @Test
    void asksOnceAndWritesNothingWhenNothingChanged() throws Exception {
        store(entries, GRANITE, LLAMA);
        fixture.pass();
        backstage.forgetRequests();

        fixture.pass();
        fixture.restart();
        fixture.pass();

        assertThat(backstage.count("")).isEqualTo(2);
        assertThat(backstage.count("GET")).isEqualTo(2);
        assertThat(entries.notes()).isOne();
    }

    @Test
    void registersAgainWhatBackstageForgot() throws Exception {
        store(entries, GRANITE, LLAMA);
        fixture.pass();
        String before = noted(entries, GRANITE).locationId();
        backstage.losesItsDatabase();

        fixture.pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
        assertThat(noted(entries, GRANITE).locationId())
                .isEqualTo(backstage.idOf(target(GRANITE)))
                .isNotEqualTo(before);
    }

    @Test
    void notesTheIdOfALocationThatWasRegisteredRightBeforeTheProcessEnded() throws Exception {
        store(entries, GRANITE);
        entries.isUnwritable(true);
        assertThat(fixture.pass().failure()).hasMessageContaining("writing the ConfigMap");
        entries.isUnwritable(false);
        fixture.restart();
        backstage.forgetRequests();

        fixture.pass();

        assertThat(backstage.count("POST")).isZero();
        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }

    @Test
    void notesTheIdOfAnEntryThatWasStoredAnew() throws Exception {
        store(entries, GRANITE);
        fixture.pass();
        store(entries, LLAMA);
        store(entries, LLAMA, GRANITE);
        assertThat(noted(entries, GRANITE)).isEqualTo(PortalRegistration.NONE);

        fixture.pass();

        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }

    @Test
    void deletesTheLocationOfAnEntryThatIsGoneOnceItWasFoundTwice() throws Exception {
        store(entries, GRANITE, LLAMA);
        fixture.pass();
        store(entries, GRANITE);

        PassResult first = fixture.pass();
        assertThat(first.leftover()).containsExactly(backstage.idOf(target(LLAMA)));
        PassResult second = fixture.pass();

        assertThat(second.leftover()).isEmpty();
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void keepsALocationWhoseEntryIsThereAtTheSecondLook() throws Exception {
        store(entries, GRANITE);
        backstage.has(CatalogLocation.TYPE, target(LLAMA));
        fixture.pass();
        store(entries, GRANITE, LLAMA);

        fixture.pass();
        fixture.pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
        assertThat(backstage.count("DELETE")).isZero();
    }

    @Test
    void deletesNothingWhileTheStoreIsBeingFilled() throws Exception {
        backstage.has(CatalogLocation.TYPE, target(LLAMA));
        entries.write(StoreUpdate.of(List.of(entry(GRANITE))));

        fixture.pass();
        fixture.pass();
        fixture.pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
    }

    @Test
    void deletesWhatWentWhileBackstageWasDownAndTheProcessEnded() throws Exception {
        store(entries, GRANITE, LLAMA);
        fixture.pass();
        backstage.isDown();
        store(entries, GRANITE);
        assertThat(fixture.pass().failure()).isNotNull();
        fixture.restart();
        assertThat(fixture.pass().failure()).isNotNull();
        backstage.isUp();

        fixture.pass();
        fixture.pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void leavesTheLocationsOfOthersAlone() throws Exception {
        store(entries, GRANITE);
        backstage.has("url", target(LLAMA));
        backstage.has(CatalogLocation.TYPE, "http://bridge.models.svc:90901/llama/v1/model-catalog.json");
        backstage.has(CatalogLocation.TYPE, BASE + "/team-b/llama/v1/model-catalog.json");
        backstage.has("url", "https://github.example.com/shop/blob/main/catalog-info.yaml");

        fixture.pass();
        fixture.pass();

        assertThat(backstage.locations()).hasSize(5);
        assertThat(backstage.count("DELETE")).isZero();
    }

    @Test
    void replacesLocationsWhenTheBaseOrTheFormatHasChanged() throws Exception {
        fixture.restart(OTHER_BASE);
        store(entries, GRANITE);
        fixture.pass();
        backstage.has(CatalogLocation.TYPE, BASE + GRANITE.path("catalog-info.yaml"));
        fixture.restart();

        fixture.pass();
        assertThat(backstage.locations()).hasSize(3);
        fixture.restart();
        fixture.pass();
        fixture.pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE));
        assertThat(noted(entries, GRANITE))
                .isEqualTo(new PortalRegistration(backstage.idOf(target(GRANITE)), target(GRANITE), true));
    }

    @Test
    void replacesALocationThatTheExistingConnectorRegisteredUnderAnotherType() throws Exception {
        store(entries, GRANITE);
        CatalogLocation other = backstage.has("url", target(GRANITE));
        entries.write(
                StoreUpdate.of(Map.of(GRANITE.importKey(), new PortalRegistration(other.id(), other.target(), true))));

        fixture.pass();
        fixture.pass();

        assertThat(backstage.locations()).extracting(CatalogLocation::type).containsExactly(CatalogLocation.TYPE);
    }

    @Test
    void doesNotDeleteAnothersLocationThatHasTheIdOfOneThatWasForgotten() throws Exception {
        store(entries, GRANITE);
        fixture.pass();
        String id = noted(entries, GRANITE).locationId();
        backstage.losesItsDatabase();
        backstage.has(new CatalogLocation(id, "url", "https://git.example.com/shop/catalog-info.yaml"));

        fixture.pass();
        fixture.pass();

        assertThat(backstage.locations()).hasSize(2);
        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }

    @Test
    void takesTheIdThatAnotherReplicaGotMeanwhile() throws Exception {
        store(entries, GRANITE);
        backstage.afterNextList(() -> backstage.has(CatalogLocation.TYPE, target(GRANITE)));

        PassResult result = fixture.pass();

        assertThat(result.failure()).isNull();
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }
}
