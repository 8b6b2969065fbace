package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.core.store.UpsertDocument;
import io.modelconnector.examples.sidecars.settings.StorageSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Role storage-rest takes the format that all parts are set to. */
class StorageFormatTest {
    private static final String COMPONENT = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: granite}
            """;

    @ParameterizedTest
    @CsvSource({"CatalogInfoYamlFormat, 201", "JsonArrayFormat, 400"})
    void takesCatalogInfoOnlyWhereThatIsTheFormat(String format, int status) {
        StoredEntry granite = new StoredEntry(
                new EntryKey("granite", "v1"),
                Payload.of(COMPONENT.getBytes(StandardCharsets.UTF_8)),
                StoredEntry.REGISTRY,
                "1763020800000",
                null,
                PortalRegistration.NONE);
        StorageSettings settings = StorageSettings.from(Map.of("NORMALIZER_FORMAT", format));
        FeedRequest upsert = new FeedRequest(
                "POST", "/upsert", "key=granite_v1", name -> name.equals("Authorization") ? "Bearer shared" : null);

        assertThat(StorageRole.endpoint(new InMemoryEntryStore(), settings.format(), () -> "shared")
                        .handle(upsert, new ByteArrayInputStream(UpsertDocument.write(granite)))
                        .status())
                .isEqualTo(status);
    }
}
