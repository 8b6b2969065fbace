package io.modelconnector.rhoai;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.fake.FakeRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must not survive when the ground under a registry moves. */
class RegistryChangesOfPlaceTest {
    private final SourceFixture fixture = new SourceFixture();
    private final FakeRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRegistryAtAnotherAddressIsNotMixedWithTheOneBefore() throws InterruptedException {
        registry.models(5);
        FakeRegistry other = FakeRegistry.current();
        for (int i = 0; i < 6; i++) {
            other.model("" + (101 + 2 * i), "llama-" + i).version("" + (102 + 2 * i), "" + (101 + 2 * i), "v1");
        }
        AtomicReference<URI> base = new AtomicReference<>(registry.base());
        try (RhoaiModelSource source = RhoaiModelSource.builder(
                        () -> new RegistryLocations(List.of(new RegistryLocation("public", base.get(), null)), null))
                .build()) {
            source.read(SourceFixture.context(false));

            base.set(other.base());
            SourcePart part = source.read(SourceFixture.context(false)).parts().get(0);

            assertThat(part.modelVersions())
                    .hasSize(6)
                    .allMatch(version -> version.model().name().startsWith("llama"));
        } finally {
            other.close();
        }
    }

    @Test
    void aClockThatIsSetBackDoesNotPutFullReadsOff() throws Exception {
        registry.models(3);
        fixture.read();

        registry.delete("model_versions", "2");
        fixture.time.advance(Duration.ofDays(-1));

        assertThat(fixture.read().modelVersions()).hasSize(2);
    }
}
