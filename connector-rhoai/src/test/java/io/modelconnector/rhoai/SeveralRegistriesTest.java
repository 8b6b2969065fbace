package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.SETTINGS;
import static io.modelconnector.rhoai.SourceFixture.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralRegistriesTest {
    private final FakeRegistry first = FakeRegistry.current().models(3);
    private final FakeRegistry second = FakeRegistry.older().models(5);
    private final List<Runnable> callbacks = new ArrayList<>();
    private volatile RegistryLocations locations = new RegistryLocations(List.of(at("first", first)), null);
    private final RegistryDirectory directory = new RegistryDirectory() {
        @Override
        public RegistryLocations locations() {
            return locations;
        }

        @Override
        public void onChange(Runnable changed) {
            callbacks.add(changed);
        }
    };
    private RhoaiModelSource source =
            RhoaiModelSource.builder(directory).settings(SETTINGS).build();

    @AfterEach
    void close() {
        source.close();
        first.close();
        second.close();
    }

    private static RegistryLocation at(String name, FakeRegistry registry) {
        return new RegistryLocation(name, registry.base(), "rhoai-model-registries");
    }

    private void announce(RegistryLocation... registries) {
        locations = new RegistryLocations(List.of(registries), null);
    }

    private SourceSnapshot read() throws InterruptedException {
        return source.read(context(false));
    }

    private static SourcePart part(SourceSnapshot snapshot, String name) {
        return snapshot.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsEachAsAPartOfItsOwn() throws Exception {
        announce(at("first", first), at("second", second));
        SourceSnapshot snapshot = read();
        assertThat(part(snapshot, "first").modelVersions()).hasSize(3);
        assertThat(part(snapshot, "second").modelVersions()).hasSize(5);
        assertThat(part(snapshot, "second").modelVersions().get(0).id()).isEqualTo("second/1/2");
    }

    @Test
    void goesOnWithTheOthersWhenOneFails() throws Exception {
        announce(at("first", first), at("second", second));
        read();
        second.drop(".*");
        first.model("91", "late").version("92", "91", "v1");
        SourceSnapshot snapshot = read();
        assertThat(part(snapshot, "first").modelVersions()).hasSize(4);
        assertThat(part(snapshot, "second").failure())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("registry \"second\"");
        second.heal();
        assertThat(part(read(), "second").modelVersions()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"items\":[{\"id\":\"1\",", "<html>login</html>", "[]", "{\"items\":{}}", ""})
    void goesOnWithTheOthersWhenOneTalksGarbage(String garbage) throws Exception {
        announce(at("first", first), at("second", second));
        second.on("model_versions", () -> FakeServer.json(200, garbage));
        SourceSnapshot snapshot = read();
        assertThat(part(snapshot, "first").modelVersions()).hasSize(3);
        assertThat(part(snapshot, "second").failure())
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("registry \"second\"");
        second.heal();
        assertThat(part(read(), "second").modelVersions()).hasSize(5);
    }

    @Test
    void namesTheRoleBindingOfTheRegistryThatRefuses() throws Exception {
        announce(at("first", first), at("second", second));
        second.fail(".*", 403);
        SourceSnapshot snapshot = read();
        assertThat(part(snapshot, "first").isComplete()).isTrue();
        assertThat(part(snapshot, "second").failure())
                .hasMessageContaining("Role \"registry-user-second\" in namespace \"rhoai-model-registries\"");
    }

    @Test
    void givesUpARegistryThatHangsBeforeTheWholeReadIsGivenUp() throws Exception {
        announce(at("first", first), at("second", second));
        read();
        FakeServer.Hold hold = second.hold(".*");
        try {
            SourceSnapshot snapshot = source.read(new ReadContext(false, Duration.ofSeconds(3)));
            assertThat(part(snapshot, "first").modelVersions()).hasSize(3);
            assertThat(part(snapshot, "second").failure())
                    .hasMessageContaining("was not read to its end in the time that a read may take");
        } finally {
            hold.release();
        }
        second.heal();
        assertThat(part(read(), "second").modelVersions()).hasSize(5);
    }

    @Test
    void readsARegistryThatAppearsLater() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        source.onChange(changes::incrementAndGet);
        assertThat(read().parts()).hasSize(1);
        announce(at("first", first), at("second", second));
        callbacks.forEach(Runnable::run);
        assertThat(changes).hasValue(1);
        assertThat(part(read(), "second").modelVersions()).hasSize(5);
    }

    @Test
    void readsNothingWhereThereIsNoRegistryYet() throws Exception {
        announce();
        assertThat(read().parts()).isEmpty();
        announce(at("first", first));
        assertThat(part(read(), "first").modelVersions()).hasSize(3);
    }

    @Test
    void keepsARegistryThatIsNoLongerAnnouncedAsFailed() throws Exception {
        announce(at("first", first), at("second", second));
        SourcePart known = part(read(), "second");
        announce(at("first", first));
        SourceSnapshot without = read();
        assertThat(part(without, "first").isComplete()).isTrue();
        assertThat(part(without, "second").failure())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("no longer announced");
        announce(at("second", second), at("first", first));
        second.takePaths();
        assertThat(part(read(), "second")).isSameAs(known);
        assertThat(second.takePaths()).as("what was known is still known").hasSize(5);
    }

    @Test
    void followsARegistryThatMoves() throws Exception {
        read();
        announce(new RegistryLocation("first", second.base(), null));
        first.takePaths();
        SourcePart moved = part(read(), "first");
        assertThat(moved.modelVersions()).hasSize(5);
        assertThat(first.takePaths()).isEmpty();
    }

    @Test
    void failsOnlyTheRegistryWithABadAddress() throws Exception {
        announce(at("first", first), new RegistryLocation("odd", URI.create("ftp://host"), null));
        SourceSnapshot snapshot = read();
        assertThat(part(snapshot, "first").isComplete()).isTrue();
        assertThat(part(snapshot, "odd").failure())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry \"odd\" was ftp://host");
    }

    @Test
    void readsTheFirstOfTwoRegistriesWithOneName() throws Exception {
        announce(at("first", first), at("first", second));
        SourceSnapshot snapshot = read();
        assertThat(snapshot.parts()).hasSize(1);
        assertThat(part(snapshot, "first").modelVersions()).hasSize(3);
        assertThat(part(snapshot, "first").problems())
                .extracting(Problem::message)
                .containsExactly("another registry has the same name and is read instead; rename one of them");
    }

    @Test
    void goesOnWithWhatADirectoryThatFailsSaidLast() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        source.close();
        source = RhoaiModelSource.builder(() -> {
                    if (calls.incrementAndGet() == 2) {
                        throw new SourceUnavailableException("listing Routes was answered 500");
                    }
                    return locations;
                })
                .settings(SETTINGS)
                .build();
        read();
        SourcePart during = part(read(), "first");
        assertThat(during.modelVersions()).hasSize(3);
        assertThat(during.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("listing Routes was answered 500"));
        assertThat(part(read(), "first").problems()).isEmpty();
    }

    @Test
    void failsAsAWholeWhileTheDirectoryHasNeverAnswered() {
        source.close();
        source = RhoaiModelSource.builder(() -> {
                    throw new SourceUnavailableException("Routes were not listed yet");
                })
                .build();
        assertThatThrownBy(this::read)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("Routes were not listed yet");
    }

    @Test
    void prefersWhatIsConfiguredToTheDirectory() throws Exception {
        announce(new RegistryLocation("second", first.base(), null), at("first", first));
        source.close();
        source = RhoaiModelSource.builder(directory)
                .registry("second", second.base())
                .settings(SETTINGS)
                .build();
        SourceSnapshot snapshot = read();
        assertThat(snapshot.parts()).extracting(SourcePart::name).containsExactly("second", "first");
        assertThat(part(snapshot, "second").modelVersions()).hasSize(5);
    }

    @Test
    void costsNothingMoreWhenAnUnexpectedErrorHitsOneRegistry() throws Exception {
        announce(at("first", first), at("second", second));
        source.close();
        source = RhoaiModelSource.builder(directory)
                .settings(SETTINGS)
                .bearerToken(() -> {
                    throw new IllegalStateException("token file vanished");
                })
                .build();
        assertThat(read().parts())
                .allSatisfy(part -> assertThat(part.failure()).hasMessageContaining("token file vanished"));
    }
}
