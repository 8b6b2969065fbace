package io.modelconnector.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.entity.CatalogEntry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in an entry, a portal takes what is written of it. */
final class FormatPropertiesTest {
    private static final int ENTRIES = 1_500;
    private static final BackstageEntitiesFormat BACKSTAGE = BackstageEntitiesFormat.builder()
            .giteaBase(URI.create("http://docs.example.com"))
            .aiModelServerApis(true)
            .build();
    private static final ConnectorJsonFormat CONNECTOR = new ConnectorJsonFormat();
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_128, 77})
    void backstageTakesEveryEntityOfEveryEntry(long seed) throws IOException {
        GarbageEntries garbage = new GarbageEntries(seed);
        List<CatalogEntry> written = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            CatalogEntry entry = garbage.next();
            try {
                List<JsonNode> entities = YamlDocuments.read(BACKSTAGE.write(entry));
                written.add(entry);
                assertTaken(entities, entry);
            } catch (InexpressibleEntryException e) {
                assertThat(e).hasMessageContaining("nothing is left");
            }
        }
        assertThat(written).hasSizeGreaterThan(ENTRIES / 4);
        assertTaken(YamlDocuments.read(BACKSTAGE.writeList(written)), null);
        List<JsonNode> systems = YamlDocuments.read(BACKSTAGE.writeSystems(written));
        assertThat(systems).isNotEmpty();
        assertTaken(systems, null);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20_261_128, 78})
    void noEntryCostsAProviderOfTheConnectorContractTheOthers(long seed) throws IOException {
        GarbageEntries garbage = new GarbageEntries(seed);
        for (int i = 0; i < ENTRIES; i++) {
            CatalogEntry entry = garbage.next();
            byte[] json = CONNECTOR.write(entry);
            JsonNode document = JSON.readTree(json);

            assertThat(document.get("models").isArray()).isTrue();
            document.get("models").forEach(model -> {
                assertThat(model.get("name").textValue()).isNotBlank();
                assertThat(model.get("owner").textValue()).isNotBlank().doesNotContain(":", "/");
                assertThat(model.get("lifecycle").textValue()).isNotBlank();
            });
            JsonNode server = document.path("modelServer");
            if (server.isObject()) {
                assertThat(EntityRules.isName(server.get("name").textValue())).isTrue();
                assertThat(EntityRules.isLink(server.at("/API/url").textValue()))
                        .isTrue();
                assertThat(server.get("owner").textValue()).isNotBlank().doesNotContain(":", "/");
            }
            assertThat(ModelCatalogValidator.validate(json)).isEmpty();
        }
    }

    @Test
    void equalEntriesGiveEqualBytes() {
        GarbageEntries garbage = new GarbageEntries(5);
        GarbageEntries again = new GarbageEntries(5);
        for (int i = 0; i < ENTRIES; i++) {
            assertThat(CONNECTOR.write(garbage.next())).isEqualTo(CONNECTOR.write(again.next()));
        }
    }

    private static void assertTaken(List<JsonNode> entities, CatalogEntry entry) {
        Set<String> references = new HashSet<>();
        for (JsonNode entity : entities) {
            assertThat(BackstageValidators.violations(entity)).as("%s", entry).isEmpty();
            assertThat(references.add(BackstageValidators.reference(entity)))
                    .as("%s is there once", entity.at("/metadata/name"))
                    .isTrue();
        }
    }
}
