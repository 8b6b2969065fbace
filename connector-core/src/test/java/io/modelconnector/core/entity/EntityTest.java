package io.modelconnector.core.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTest {
    @Test
    void keysAreInTheOrderOfTheirPaths() {
        List<EntryKey> sorted = Stream.of(
                        new EntryKey("mnist", "v1"),
                        new EntryKey("mnist", "v1-0caf32e3"),
                        new EntryKey("mnist-8", "v0"),
                        new EntryKey("mnist", "v10"),
                        new EntryKey("mnist", "v"),
                        new EntryKey("mnist_a", "v1"),
                        new EntryKey("mnist", "v1_1"),
                        new EntryKey("Mnist", "v1"))
                .sorted()
                .toList();

        assertThat(sorted).extracting(key -> key.path("model-catalog.json")).isSorted();
    }

    @Test
    void aKeyKeepsItsSegmentsApartHoweverManyUnderscoresTheyHave() {
        EntryKey key = new EntryKey("my_model", "v_1");

        assertThat(key.importKey()).isEqualTo("my_model_v_1");
        assertThat(key.path("model-catalog.json")).isEqualTo("/my_model/v_1/model-catalog.json");
        assertThat(key).hasToString("my_model/v_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "a b", "ä", "a\n"})
    void aKeyRefusesASegmentThatIsNone(String segment) {
        assertThatThrownBy(() -> new EntryKey(segment, "v1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EntryKey("granite", segment)).hasMessageContaining('"' + segment + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "http://models.example.com:9090, http://models.example.com:9090/modelcard?key=redhat%20RedHatgranite-3.1",
        "http://models.example.com/x/, http://models.example.com/x/modelcard?key=redhat%20RedHatgranite-3.1"
    })
    void aCardsAddressIsBelowTheBaseWithItsKeyEncoded(String base, String expected) {
        ModelCardReference card = new ModelCardReference("redhat\u00a0", "Red Hat", "granite-3.1");

        assertThat(card.key()).isEqualTo("redhat\u00a0RedHatgranite-3.1");
        assertThat(TechDocsUrl.ofLocation(URI.create(base), card).text()).isEqualTo(expected.replace("%20", "%C2%A0"));
    }

    @Test
    void equalCardsHaveEqualDigestsAndTellNothingOfTheirText() {
        ModelCardReference reference = new ModelCardReference("redhat_ai_models", "RedHatAI", "granite");
        ModelCard card = ModelCard.of(reference, "# Granite\n");

        assertThat(ModelCard.of(reference, "# Granite\n").version()).isEqualTo(card.version());
        assertThat(ModelCard.of(reference, "# Granite 2\n").digest()).isNotEqualTo(card.digest());
        assertThat(card.toString()).doesNotContain("# Granite").contains("redhat_ai_models/RedHatAI/granite");
    }

    @Test
    void apiTypesAreFoundInAnyCase() {
        assertThat(ApiType.of("GraphQL")).contains(ApiType.GRAPHQL);
        assertThat(ApiType.of("soap")).isEmpty();
        assertThat(ApiType.GRPC.wireName()).isEqualTo("grpc");
    }
}
