package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.SETTINGS;
import static io.modelconnector.rhoai.SourceFixture.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogDiscoveryTest {
    private static final ModelCardReference CARD = new ModelCardReference("rhoai", "ibm-granite", "granite-1");

    private final FakeRegistry registry =
            FakeRegistry.current().models(1).card("2", "rhoai", "ibm-granite", "granite-1");
    private final FakeCatalog catalog = new FakeCatalog().card("rhoai", "ibm-granite/granite-1", "# Granite");
    private volatile URI catalogAddress;
    private final RhoaiModelSource source = RhoaiModelSource.builder(() -> new RegistryLocations(
                    List.of(new RegistryLocation("public", registry.base(), null)), catalogAddress))
            .settings(SETTINGS)
            .build();

    @AfterEach
    void close() {
        source.close();
        registry.close();
        catalog.close();
    }

    private SourcePart read() throws InterruptedException {
        return source.read(context(false)).parts().get(0);
    }

    private static CardVersion card(SourcePart part) {
        return part.modelVersions().get(0).artifacts().get(0).card();
    }

    @Test
    void readsTheCardsOfACatalogThatAppearsLater() throws Exception {
        assertThat(card(read())).isNull();
        catalogAddress = catalog.base();
        assertThat(card(read())).isNotNull();
    }

    @Test
    void keepsTheCardsOfACatalogThatIsNoLongerAnnounced() throws Exception {
        catalogAddress = catalog.base();
        SourcePart first = read();
        catalogAddress = null;
        assertThat(read()).isSameAs(first);
        source.read(context(true));
        SourcePart checked = read();
        assertThat(card(checked)).isNotNull();
        assertThat(checked.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("model catalog");
            assertThat(problem.message()).contains("no longer announced");
        });
        assertThat(source.card(CARD)).isPresent();
    }

    @Test
    void followsACatalogThatMoves() throws Exception {
        catalogAddress = catalog.base();
        read();
        try (FakeCatalog other = new FakeCatalog().card("rhoai", "ibm-granite/granite-1", "# Moved")) {
            catalogAddress = other.base();
            SourcePart part = source.read(context(true)).parts().get(0);
            assertThat(part.problems()).isEmpty();
            assertThat(source.card(CARD))
                    .hasValueSatisfying(card -> assertThat(card.markdown()).isEqualTo("# Moved"));
        }
    }

    @Test
    void reportsACatalogWithABadAddress() throws Exception {
        catalogAddress = URI.create("ftp://catalog");
        SourcePart part = read();
        assertThat(part.isComplete()).isTrue();
        assertThat(part.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("ftp://catalog"));
        assertThatThrownBy(() -> source.card(CARD)).isInstanceOf(SourceUnavailableException.class);
    }
}
