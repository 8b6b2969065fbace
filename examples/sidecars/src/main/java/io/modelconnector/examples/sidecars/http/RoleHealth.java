package io.modelconnector.examples.sidecars.http;

import java.util.Map;
import java.util.Optional;

/** What a role tells about itself to probes and operators. Thread-safe; returns at once. */
public interface RoleHealth {
    /** What the role waits for before it can serve what it should; nothing if it can. */
    Optional<String> waitingFor();

    /** All that is worth knowing, as maps, lists, texts, numbers and booleans. */
    Map<String, Object> details();
}
