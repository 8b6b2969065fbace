package io.modelconnector.kserve.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.kserve.internal.WatchState.Phase;
import io.modelconnector.kserve.internal.WatchStream.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a watch knows: its objects, as small records, and how it is doing. Thread-safe. */
final class ObjectStore<T> {
    private final String kind;
    private final ObjectReader<T> reader;

    private Map<String, Entry<T>> entries = new TreeMap<>();
    private Phase phase = Phase.STARTING;
    private boolean listed;
    private @Nullable ConnectorException failure;

    /**
     * Creates an empty store.
     *
     * @param kind the kind of its objects, for the ids of problems
     * @param reader takes what to keep
     */
    ObjectStore(String kind, ObjectReader<T> reader) {
        this.kind = kind;
        this.reader = reader;
    }

    synchronized WatchState<T> state() {
        List<T> objects = new ArrayList<>(entries.size());
        List<Problem> problems = new ArrayList<>();
        for (Entry<T> entry : entries.values()) {
            if (entry.object() != null) {
                objects.add(entry.object());
            }
            if (entry.problem() != null) {
                problems.add(entry.problem());
            }
        }
        return new WatchState<>(phase, listed, failure, objects, problems);
    }

    synchronized boolean isListed() {
        return listed;
    }

    synchronized boolean isSettled() {
        return phase.isSettled();
    }

    /**
     * Replaces everything with what was listed. If watching is refused, that is so until a watch opens. This and the
     * methods below say whether they made a difference.
     */
    synchronized boolean replace(Map<String, Entry<T>> listing) {
        boolean changed = !entries.equals(listing);
        entries = listing;
        listed = true;
        return enter(Phase.SYNCED, phase == Phase.SYNCED ? failure : null) || changed;
    }

    /** Takes a change. */
    synchronized boolean apply(WatchEvent event) {
        String key = key(event.object());
        return switch (event.type()) {
            case "ADDED", "MODIFIED" -> {
                Entry<T> entry = read(event.object());
                Entry<T> before = entry == null ? entries.remove(key) : entries.put(key, entry);
                yield !Objects.equals(before, entry);
            }
            case "DELETED" -> entries.remove(key) != null;
            default -> false;
        };
    }

    /** The resource is not there, and with it all its objects are gone. */
    synchronized boolean clear() {
        boolean changed = !entries.isEmpty();
        entries = new TreeMap<>();
        listed = false;
        return enter(Phase.ABSENT, null) || changed;
    }

    /** The phase is another, and the objects are the same. */
    synchronized boolean enter(Phase next, @Nullable ConnectorException why) {
        boolean changed = phase != next || !Objects.equals(message(failure), message(why));
        phase = next;
        failure = why;
        return changed;
    }

    /** What to keep of an object; null if it is of no interest. One that cannot be read stays as it was. */
    synchronized @Nullable Entry<T> read(JsonNode object) {
        return read(object, entries.get(key(object)));
    }

    private @Nullable Entry<T> read(JsonNode object, @Nullable Entry<T> before) {
        try {
            T kept = reader.read(Fields.of(object));
            return kept == null ? null : new Entry<>(kept, null);
        } catch (MalformedResponseException e) {
            String id = kind + '/' + key(object);
            String what = "cannot be understood, and is left as it was: " + e.getMessage() + "; correct the object";
            return new Entry<>(before == null ? null : before.object(), new Problem(id, what));
        }
    }

    static String key(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.path("namespace").asText("")
                + '/'
                + metadata.path("name").asText("");
    }

    private static @Nullable String message(@Nullable Throwable error) {
        return error == null ? null : error.getMessage();
    }

    /** An object, as it was when it could last be read, and why it cannot be read now. */
    record Entry<T>(@Nullable T object, @Nullable Problem problem) {}
}
