package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogClientTest {
    private static final ModelCardReference GRANITE = new ModelCardReference("rhoai", "ibm-granite", "granite-3.1-8b");

    private final FakeCatalog catalog = new FakeCatalog();
    private final ModelCatalogClient client = ModelCatalogClient.builder(catalog.base("/catalog"))
            .settings(HttpSettings.builder().maxCardBytes(1000).build())
            .build();

    @AfterEach
    void close() {
        client.close();
        catalog.close();
    }

    private static ModelCardReference card(int number) {
        return new ModelCardReference("rhoai", "ibm-granite", "granite-" + number);
    }

    @Test
    void readsACard() throws Exception {
        catalog.card("rhoai", "ibm-granite/granite-3.1-8b", "# Granite\n");
        assertThat(client.card(GRANITE)).isEqualTo(new CardAnswer.Found(ModelCard.of(GRANITE, "# Granite\n")));
        assertThat(catalog.takeRequests().get(0).getUrl().encodedPath())
                .isEqualTo("/catalog/api/model_catalog/v1alpha1/sources/rhoai/models/ibm-granite/granite-3.1-8b");
    }

    @ParameterizedTest
    @CsvSource({
        "Red Hat, Red Hat AI, Llama 3.1, /sources/Red%20Hat/models/Red%20Hat%20AI/Llama%203.1",
        "a/b,     g,          n,         /sources/a%2Fb/models/g/n",
        "s,       g,          x/y:1.0,   /sources/s/models/g/x/y:1.0",
        "s,       g,          a?b#c%20,  /sources/s/models/g/a%3Fb%23c%2520",
        "s,       gé,         n\\..\\m,  /sources/s/models/g%C3%A9/n%5C..%5Cm",
    })
    void encodesEachSegmentAndKeepsTheSlashesOfANameAsTheyAre(String source, String group, String name, String path)
            throws Exception {
        client.card(new ModelCardReference(source, group, name));
        assertThat(catalog.takePaths()).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../../v1alpha1/sources", "a/../b", ".", "%2e%2e"})
    void doesNotLetANameLeadElsewhere(String name) throws Exception {
        ModelCardReference reference = new ModelCardReference("s", "g", name);
        assertThat(client.card(reference)).isEqualTo(new CardAnswer.Absent(reference));
        assertThat(catalog.takePaths()).isEmpty();
    }

    @Test
    void knowsThatACatalogDoesNotHaveAModel() throws Exception {
        assertThat(client.card(GRANITE)).isEqualTo(new CardAnswer.Absent(GRANITE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\":\"x\"}", "{\"readme\":null}", "{\"readme\":\" \\n\"}", "{\"readme\":\"\",\"new\":{}}"
            })
    void takesAMissingOrBlankReadmeForNoCard(String model) throws Exception {
        catalog.on(".*", () -> FakeServer.json(200, model));
        assertThat(client.card(GRANITE)).isEqualTo(new CardAnswer.Absent(GRANITE));
    }

    @Test
    void leavesOutACardThatIsTooLong() throws Exception {
        catalog.card("rhoai", "ibm-granite/granite-3.1-8b", "x".repeat(1000));
        assertThat(client.card(GRANITE)).isInstanceOf(CardAnswer.Found.class);
        catalog.card("rhoai", "ibm-granite/granite-3.1-8b", "é".repeat(501));
        assertThat(client.card(GRANITE)).isEqualTo(new CardAnswer.TooLong(GRANITE, 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"readme\":17}", "<html>", "[]", "{\"readme\":\"# cut"})
    void tellsThatAnAnswerMakesNoSense(String body) throws Exception {
        catalog.on(".*", () -> FakeServer.json(200, body));
        assertThat(client.card(GRANITE))
                .isInstanceOfSatisfying(
                        CardAnswer.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(MalformedResponseException.class));
    }

    @Test
    void readsManyCardsAndTellsWhichFailed() throws Exception {
        catalog.card("rhoai", "ibm-granite/granite-1", "# One").fail("granite-2", 500);
        List<CardAnswer> answers = client.cards(List.of(card(1), card(2), card(3)));
        assertThat(answers).extracting(CardAnswer::reference).containsExactly(card(1), card(2), card(3));
        assertThat(answers.get(0)).isInstanceOf(CardAnswer.Found.class);
        assertThat(answers.get(1))
                .isInstanceOfSatisfying(
                        CardAnswer.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(SourceUnavailableException.class));
        assertThat(answers.get(2)).isInstanceOf(CardAnswer.Absent.class);
    }

    private Set<ModelCardReference> wanted(int count) {
        Set<ModelCardReference> wanted = new LinkedHashSet<>();
        IntStream.rangeClosed(1, count).forEach(number -> wanted.add(card(number)));
        return wanted;
    }

    @Test
    void findsCardsInTheListOfASource() throws Exception {
        IntStream.rangeClosed(1, 250).forEach(i -> catalog.card("rhoai", "ibm-granite/granite-" + i, "# " + i));
        List<CardAnswer> found = new ArrayList<>();
        assertThat(client.listedCards(wanted(250), 1000, found::add).missing()).isEmpty();
        assertThat(found).hasSize(250).allMatch(CardAnswer.Found.class::isInstance);
        assertThat(catalog.takeRequests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.getUrl().queryParameter("orderBy"))
                        .as("pages by name may repeat")
                        .isNull());
    }

    @Test
    void tellsWhichCardsAreNotInTheList() throws Exception {
        catalog.card("rhoai", "ibm-granite/granite-1", "# 1").card("other", "ibm-granite/granite-2", "# 2");
        List<CardAnswer> found = new ArrayList<>();
        assertThat(client.listedCards(wanted(2), 1000, found::add)).isEqualTo(new ListedCards(Set.of(card(2)), true));
        assertThat(found).extracting(CardAnswer::reference).containsExactly(card(1));
    }

    @Test
    void stopsReadingAListOnceEverythingIsFound() throws Exception {
        IntStream.rangeClosed(1, 350).forEach(i -> catalog.card("rhoai", "ibm-granite/granite-" + i, "# " + i));
        assertThat(client.listedCards(List.of(card(1)), 1000, answer -> {}).missing())
                .isEmpty();
        assertThat(catalog.takePaths()).hasSize(1);
    }

    @Test
    void endsWithAListThatStartsAgain() throws Exception {
        catalog.on(
                "/models",
                () -> FakeServer.json(
                        200,
                        "{\"items\":[{\"source_id\":\"rhoai\",\"name\":\"x/y\"}],\"nextPageToken\":\"bmFtZTox\"}"));
        assertThat(client.listedCards(wanted(1), 10_000, answer -> {}))
                .isEqualTo(new ListedCards(Set.of(card(1)), false));
        assertThat(catalog.takePaths()).hasSize(2);
    }

    @Test
    void readsNoMoreModelsThanItMay() throws Exception {
        IntStream.rangeClosed(1, 950).forEach(i -> catalog.card("rhoai", "meta-llama/llama-" + i, "# " + i));
        ListedCards listed = client.listedCards(wanted(3), 200, answer -> {});
        assertThat(listed.missing()).hasSize(3);
        assertThat(listed.complete()).isFalse();
        assertThat(catalog.takePaths()).hasSize(2);
    }

    @Test
    void skipsItemsOfAListThatMakeNoSense() throws Exception {
        catalog.on(
                "/models",
                () -> FakeServer.page("null,7,{\"name\":5},{\"name\":\"ibm-granite/granite-1\",\"readme\":{}},"
                        + "{\"source_id\":\"rhoai\",\"name\":\"ibm-granite/granite-2\",\"readme\":\"# 2\"}"));
        List<CardAnswer> found = new ArrayList<>();
        assertThat(client.listedCards(wanted(2), 1000, found::add).missing()).containsExactly(card(1));
        assertThat(found).singleElement().isInstanceOf(CardAnswer.Found.class);
    }

    @Test
    void looksCardsUpByTheirNames() throws Exception {
        IntStream.rangeClosed(1, 500)
                .forEach(i -> catalog.card("rhoai", "ibm-granite/granite-" + i, "# " + i)
                        .card("other", "ibm-granite/granite-" + i, "# Other " + i)
                        .card("rhoai", "meta-llama/llama-" + i, "# Llama " + i));
        Set<ModelCardReference> wanted = wanted(200);
        wanted.add(card(501));
        List<CardAnswer> found = new ArrayList<>();
        assertThat(client.selectedCards(wanted, found::add)).isEqualTo(new ListedCards(Set.of(card(501)), true));
        assertThat(found).hasSize(200).contains(new CardAnswer.Found(ModelCard.of(card(7), "# 7")));
        assertThat(catalog.takeRequests())
                .hasSizeLessThan(8)
                .allSatisfy(request -> assertThat(request.getTarget()).hasSizeLessThan(8000));
    }

    @Test
    void doesNotPutNamesThatCannotBeQuotedIntoACondition() throws Exception {
        ModelCardReference quoted = new ModelCardReference("rhoai", "o'reilly", "x') OR name LIKE ('%");
        catalog.card("rhoai", "ibm-granite/granite-1", "# 1").card("rhoai", "o'reilly/x') OR name LIKE ('%", "# Book");
        assertThat(client.selectedCards(List.of(card(1), quoted), answer -> {}))
                .isEqualTo(new ListedCards(Set.of(quoted), false));
        assertThat(catalog.takeRequests())
                .singleElement()
                .satisfies(request -> assertThat(request.getUrl().queryParameter("filterQuery"))
                        .isEqualTo("name IN ('ibm-granite/granite-1')"));
    }

    @Test
    void noticesThatACatalogIgnoresTheCondition() throws Exception {
        catalog.on("/models", () -> FakeServer.page("{\"source_id\":\"rhoai\",\"name\":\"meta-llama/llama\"}"));
        assertThat(client.selectedCards(wanted(500), answer -> {}).complete()).isFalse();
        assertThat(catalog.takePaths()).hasSize(1);
        catalog.heal();
        assertThat(client.selectedCards(wanted(30), answer -> {}).complete())
                .as("finding none of many is suspicious")
                .isFalse();
    }

    @Test
    void listsModelsWithoutTheirCards() throws Exception {
        catalog.card("rhoai", "ibm-granite/granite-1", "# 1")
                .card("hf", "org/team/model", "# 2")
                .card("hf", "without-group", "# 3");
        List<ModelCardReference> found = new ArrayList<>();
        assertThat(client.models(1000, found::add)).isTrue();
        assertThat(found).containsExactlyInAnyOrder(card(1), new ModelCardReference("hf", "org", "team/model"));
    }

    @Test
    void failsWhenAListCannotBeRead() {
        catalog.fail("/models", 500);
        assertThatThrownBy(() -> client.listedCards(wanted(1), 1000, answer -> {}))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("listing the models of source \"rhoai\"");
    }
}
