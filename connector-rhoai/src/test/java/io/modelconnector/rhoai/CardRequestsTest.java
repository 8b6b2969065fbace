package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.FULL_READ_INTERVAL;
import static io.modelconnector.rhoai.SourceFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.fake.FakeCatalog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many requests to the catalog a thousand models with cards cost, and how soon a change is noticed nevertheless. */
class CardRequestsTest {
    private static final int MODELS = 1000;
    private static final int MOST_REQUESTS = 20;

    private SourceFixture fixture = new SourceFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ModelCardReference reference(int model, int sources) {
        return new ModelCardReference("source-" + model % sources, "ibm-granite", "granite-" + model);
    }

    /** A thousand models, whose cards come from so many sources. */
    private SourcePart readFirst(int sources) throws InterruptedException {
        fixture.registry.models(MODELS);
        for (int i = 1; i <= MODELS; i++) {
            ModelCardReference card = reference(i, sources);
            fixture.registry.card(Integer.toString(2 * i), card.source(), card.group(), card.name());
            fixture.catalog.card(card.source(), card.group() + '/' + card.name(), "# Granite " + i);
        }
        SourcePart part = fixture.read();
        assertThat(part.modelVersions())
                .allMatch(fact -> fact.artifacts().get(0).card() != null);
        fixture.catalog.takePaths();
        return part;
    }

    private SourcePart readFully() throws InterruptedException {
        fixture.time.advance(FULL_READ_INTERVAL);
        return fixture.read();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "20", "21", "50", "334", "1000"})
    void readsPagedListsOnAFullReadWhateverTheSources(int sources) throws Exception {
        SourcePart first = readFirst(sources);
        assertThat(readFully()).isSameAs(first);
        assertThat(fixture.catalog.takePaths())
                .hasSizeLessThanOrEqualTo(MOST_REQUESTS)
                .containsOnly("/models");
    }

    @ParameterizedTest
    @CsvSource({"1, 20000", "7, 20000", "400, 3000", "1, 5000"})
    void readsFewPagesOfACatalogWithManyOtherModels(int sources, int others) throws Exception {
        for (int i = 0; i < others; i++) {
            fixture.catalog.card("source-0", "a-group-" + i % 97 + "/model-" + i, "# Other " + i);
        }
        SourcePart first = readFirst(sources);
        assertThat(readFully()).isSameAs(first);
        assertThat(fixture.catalog.takePaths())
                .hasSizeLessThanOrEqualTo(MOST_REQUESTS)
                .containsOnly("/models");
    }

    @Test
    void looksAFewCardsUpInAHugeCatalogByTheirNames() throws Exception {
        for (int i = 0; i < 30_000; i++) {
            fixture.catalog.card("rhoai", "a-group/model-" + i, "# Other " + i);
        }
        fixture.registry.models(30);
        for (int i = 1; i <= 30; i++) {
            fixture.registry.card(Integer.toString(2 * i), "rhoai", "ibm-granite", "granite-" + i);
            fixture.catalog.card("rhoai", "ibm-granite/granite-" + i, "# Granite " + i);
        }
        SourcePart first = fixture.read();
        fixture.catalog.takePaths();
        assertThat(readFully()).isSameAs(first);
        assertThat(fixture.catalog.takePaths()).containsExactly("/models");
    }

    @Test
    void doesNotAskOneByOneForCardsThatTheCatalogStillDoesNotHave() throws Exception {
        readFirst(3);
        for (int i = 1; i <= 500; i++) {
            ModelCardReference card = reference(i, 3);
            fixture.catalog.delete(card.source(), card.group() + '/' + card.name());
        }
        assertThat(version(readFully(), "2").artifacts().get(0).card()).isNull();
        fixture.catalog.takePaths();
        SourcePart again = readFully();
        assertThat(version(again, "2").artifacts().get(0).card()).isNull();
        assertThat(version(again, "2000").artifacts().get(0).card()).isNotNull();
        assertThat(fixture.catalog.takePaths())
                .hasSizeLessThanOrEqualTo(MOST_REQUESTS)
                .containsOnly("/models");

        fixture.catalog.card("source-1", "ibm-granite/granite-1", "# Back");
        assertThat(version(readFully(), "2").artifacts().get(0).card()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1", "50"})
    void servesAChangedCardWithinOneFullReadInterval(int sources) throws Exception {
        SourcePart first = readFirst(sources);
        ModelCardReference changed = reference(777, sources);
        fixture.catalog.card(changed.source(), "ibm-granite/granite-777", "# New");
        SourcePart second = readFully();
        assertThat(version(second, "1554").artifacts().get(0).card())
                .isEqualTo(ModelCard.of(changed, "# New").version());
        assertThat(version(second, "1556")).isSameAs(version(first, "1556"));
        assertThat(fixture.source.card(changed).orElseThrow().markdown()).isEqualTo("# New");
    }

    @ParameterizedTest
    @CsvSource({"registered_models, 1553", "model_versions, 1554", "artifacts, 1554"})
    void servesAChangedCardAtOnceAfterItsModelChanged(String collection, String id) throws Exception {
        readFirst(1);
        ModelCardReference changed = reference(777, 1);
        fixture.catalog.card(changed.source(), "ibm-granite/granite-777", "# New");
        assertThat(version(fixture.read(), "1554").artifacts().get(0).card())
                .as("nothing says that it changed")
                .isNotEqualTo(ModelCard.of(changed, "# New").version());
        fixture.registry.put(collection, id, "description", "Granite 3.1, now with a longer context");
        assertThat(version(fixture.read(), "1554").artifacts().get(0).card())
                .isEqualTo(ModelCard.of(changed, "# New").version());
        assertThat(fixture.catalog.takePaths()).hasSize(1);
    }

    @Test
    void readsTheListsOfAnOlderCatalogOneByOne() throws Exception {
        fixture.close();
        fixture = new SourceFixture(FakeCatalog.older());
        SourcePart first = readFirst(4);
        assertThat(readFully()).isSameAs(first);
        List<String> paths = fixture.catalog.takePaths();
        assertThat(paths).hasSizeLessThanOrEqualTo(MOST_REQUESTS).containsOnly("/models");
    }

    @Test
    void copesWithAnOlderCatalogThatNeedsASource() throws Exception {
        fixture.close();
        fixture = new SourceFixture(FakeCatalog.older());
        SourcePart first = readFirst(25);
        assertThat(readFully()).isSameAs(first);
        assertThat(fixture.catalog.takePaths()).hasSize(1 + 25);
    }

    @Test
    void copesWithALongerPageThatCannotBeHad() throws Exception {
        SourcePart first = readFirst(1);
        fixture.catalog.fail("pageSize=[245]00", 500);
        assertThat(readFully()).isSameAs(first);
        assertThat(fixture.catalog.takePaths())
                .hasSizeLessThanOrEqualTo(MOST_REQUESTS)
                .containsOnly("/models");
    }

    @Test
    void asksOneByOneWhereNamesCannotBeLookedUp() throws Exception {
        for (int i = 0; i < 5000; i++) {
            fixture.catalog.card("source-0", "a-group/model-" + i, "# Other " + i);
        }
        fixture.catalog.fail("filterQuery", 500);
        fixture.registry.models(30);
        for (int i = 1; i <= 30; i++) {
            fixture.registry.card(Integer.toString(2 * i), "source-0", "ibm-granite", "granite-" + i);
            fixture.catalog.card("source-0", "ibm-granite/granite-" + i, "# Granite " + i);
        }
        SourcePart part = fixture.read();
        assertThat(part.problems()).isEmpty();
        assertThat(version(part, "60").artifacts().get(0).card()).isNotNull();
    }
}
