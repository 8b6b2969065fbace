package io.modelconnector.examples.sidecars.settings;

import java.time.Duration;
import java.util.List;

/**
 * How entries are kept in ConfigMaps.
 *
 * @param cardLimit {@code CARD_STORE_LIMIT}: how many bytes the model cards may take there, compressed; 8 MiB by default
 * @param startupDeadline {@code STARTUP_DEADLINE}: how long what was found counts as incomplete if nobody says what there
 *     is; 5 minutes by default
 */
public record StoreSettings(int cardLimit, Duration startupDeadline) {
    private static final int CARD_LIMIT = 8 << 20;
    private static final int MOST_CARDS = 256 << 20;

    /** Reads the settings. */
    static StoreSettings from(EnvironmentReader reader) {
        // There is one kind of store. Who asks for another one is to learn that it is not used.
        reader.word("STORAGE_TYPE", "ConfigMap", List.of("ConfigMap"));
        return new StoreSettings(
                reader.bytes("CARD_STORE_LIMIT", CARD_LIMIT, MOST_CARDS), ConnectorSettings.startupDeadline(reader));
    }
}
