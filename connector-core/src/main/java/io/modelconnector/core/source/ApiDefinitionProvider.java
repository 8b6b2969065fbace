package io.modelconnector.core.source;

import io.modelconnector.core.entity.ModelServerApi;
import java.util.Optional;

/**
 * Knows what model servers publish as the definitions of their APIs, for formats that can show it. Implementations are
 * thread-safe.
 */
public interface ApiDefinitionProvider {
    /**
     * What a server publishes, as far as that is known now. Called at each publication of the feed for each API, on the thread
     * that publishes: it answers at once, and reads elsewhere what it does not know yet.
     *
     * @param api the API
     * @return its definition; nothing if none is known
     */
    Optional<String> definition(ModelServerApi api);

    /**
     * Takes a callback to call whenever {@link #definition} would answer something new. It may be called from any thread, any
     * number of times; it returns at once and never throws. Called once, before the first definition is asked for.
     *
     * @param changed what to call
     */
    default void onChange(Runnable changed) {}
}
