package io.modelconnector.examples.sidecars.remote;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryRecord;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a storage-rest keeps, ours or the existing Go one, which is told by its {@code /list}. Towards the Go one
 * there are no digests, key sets go into the query, a key is taken for stored if what it is cut off to is, and what was sent
 * is said to be out of date from time to time, so that it is sent again.
 *
 * <p>What a portal was told cannot be written: storage-rest itself tells the portal. Thread-safe.
 */
public final class RestEntryStore implements EntryStore {
    /** The role that is asked, in metrics and messages. */
    public static final String ROLE = "storage-rest";

    /** Ours answers when an entry is stored, and stores at once what comes at once. */
    private static final int AT_ONCE = 64;

    /** The Go one writes the whole ConfigMap twice for each entry, and its writes get in each other's way. */
    private static final int AT_ONCE_TO_GO = 4;

    /** From this length of its query on, a key set travels in a body. */
    private static final int LONG_KEY_SET = 4096;

    /** The digest of no entry. */
    private static final String OUT_OF_DATE = "out of date";

    private static final String KEY_SET = "POST /currentkeyset";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Peer storage;
    private final Crew crew = new Crew("modelconnector-storage-", AT_ONCE);
    /** The keys of what was sent to the Go one. Guarded by itself, as the resending is. */
    private final NavigableSet<String> sent = new TreeSet<>();

    private final Resending resending;
    private volatile @Nullable Known known;
    private volatile List<Problem> problems = List.of();

    private RestEntryStore(Builder builder) {
        storage = new Peer(new PeerSettings(
                ROLE,
                "STORAGE_URL",
                builder.base,
                builder.token,
                builder.callTimeout,
                AT_ONCE,
                builder.maxResponseBytes,
                builder.listener));
        resending = new Resending(builder.clock);
    }

    /**
     * Starts to describe a store.
     *
     * @param base where storage-rest is, an http or https URL
     */
    public static Builder builder(URI base) {
        return new Builder(base);
    }

    @Override
    public StoreListing list() throws InterruptedException {
        // Ours keeps an incomplete list from others, which would take what is missing for gone.
        PeerAnswer answer = storage.get(
                "GET /list",
                storage.url("list").addQueryParameter("all", "true").build());
        if (answer.status() != 200) {
            throw storage.failure("GET /list", answer);
        }
        try {
            return remember(StorageListing.read(answer));
        } catch (IOException e) {
            throw storage.malformed("GET /list", String.valueOf(e.getMessage()), e);
        }
    }

    private StoreListing remember(StorageListing listing) {
        StoreListing listed;
        if (listing.ours()) {
            listed = new StoreListing(listing.digests(), listing.complete());
        } else {
            listed = StoreListing.of(withoutDigests(listing.keys()), true);
        }
        known = new Known(listing.ours(), Set.copyOf(listed.digests().keySet()));
        return listed;
    }

    private Map<String, String> withoutDigests(List<String> keys) {
        Map<String, String> digests = new TreeMap<>();
        synchronized (sent) {
            TruncatedKeys.restore(keys, sent).forEach(key -> digests.put(key, ""));
            resending.due(sent).forEach(key -> digests.replace(key, OUT_OF_DATE));
        }
        return digests;
    }

    @Override
    public Optional<StoredEntry> fetch(String importKey) throws InterruptedException {
        Known now = known();
        String asked = now.ours() ? importKey : TruncatedKeys.truncate(importKey);
        String what = "GET /fetch of " + importKey;
        PeerAnswer answer = storage.get(
                what, storage.url("fetch").addQueryParameter("key", asked).build());
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (answer.status() != 200) {
            throw storage.failure(what, answer);
        }
        try {
            // The Go one answers so for what it does not have and for what it cannot read.
            return answer.json().path("body").isNull()
                    ? Optional.empty()
                    : Optional.of(EntryRecord.read(importKey, answer.body()));
        } catch (IOException e) {
            throw storage.malformed(what, "no JSON", e);
        }
    }

    @Override
    public StoreOutcome write(StoreUpdate update) throws InterruptedException {
        Known before = known();
        Upserts upserts = new Upserts(storage, before.ours());
        try {
            crew.forEach(update.entries(), before.ours() ? AT_ONCE : AT_ONCE_TO_GO, upserts::send, storage::cancel);
            upserts.check(update.entries().size());
        } finally {
            note(before, upserts);
        }
        Set<String> added = new HashSet<>(upserts.added());
        added.removeAll(before.keys());
        Set<String> removed = new HashSet<>();
        Set<String> keySet = update.keySet();
        if (keySet != null) {
            tell(keySet, before.ours());
            removed.addAll(before.keys());
            removed.removeAll(keySet);
            known = new Known(before.ours(), keySet);
        }
        return new StoreOutcome(added, removed, upserts.problems());
    }

    private void note(Known before, Upserts upserts) {
        problems = upserts.problems();
        Set<String> keys = new HashSet<>(before.keys());
        keys.addAll(upserts.stored());
        known = new Known(before.ours(), keys);
        if (!before.ours()) {
            synchronized (sent) {
                sent.addAll(upserts.stored());
            }
        }
    }

    private void tell(Set<String> keySet, boolean ours) throws InterruptedException {
        Set<String> keys = ours ? new TreeSet<>(keySet) : TruncatedKeys.both(keySet);
        HttpUrl query = storage.url("currentkeyset")
                .addQueryParameter("key", String.join(",", keys))
                .build();
        // The Go one takes a set in a body for the empty set, and deletes everything. It may just have been put in
        // place.
        boolean inBody = ours && String.valueOf(query.encodedQuery()).length() > LONG_KEY_SET && isOursNow();
        PeerAnswer answer = inBody
                ? storage.post(KEY_SET, storage.url("currentkeyset").build(), array(keys))
                : storage.post(KEY_SET, query, null);
        if (answer.status() != 200) {
            throw storage.failure(KEY_SET, answer);
        }
        synchronized (sent) {
            sent.retainAll(keySet);
        }
    }

    private boolean isOursNow() throws InterruptedException {
        list();
        return known().ours();
    }

    private static byte[] array(Set<String> keys) {
        try {
            return JSON.writeValueAsBytes(keys);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    private Known known() throws InterruptedException {
        Known now = known;
        if (now == null) {
            list();
            now = requireNonNull(known);
        }
        return now;
    }

    /** The entries that storage-rest refused in the last update. */
    @Override
    public List<Problem> problems() {
        return problems;
    }

    /** Gives up what is under way, and closes connections and threads. */
    @Override
    public void close() {
        storage.close();
        crew.close();
    }

    @Override
    public String toString() {
        return "RestEntryStore[" + storage + ']';
    }

    /**
     * What is known of the other side since it was last asked.
     *
     * @param ours whether it is of this implementation
     * @param keys the keys that it has
     */
    private record Known(boolean ours, Set<String> keys) {
        Known {
            keys = Set.copyOf(keys);
        }
    }

    /** Describes a store. Not thread-safe. */
    public static final class Builder {
        private final URI base;
        private Supplier<String> token = () -> "";
        private Duration callTimeout = Duration.ofSeconds(30);
        private long maxResponseBytes = 24L << 20;
        private PeerListener listener = PeerListener.NONE;
        private InstantSource clock = InstantSource.system();

        private Builder(URI base) {
            this.base = requireNonNull(base, "base");
        }

        /** Sets what gives the token that the parts share, asked before each request, a blank one for none; none by default. */
        public Builder bearerToken(Supplier<String> token) {
            this.token = requireNonNull(token, "token");
            return this;
        }

        /**
         * Sets how long a request may take; 30 seconds by default.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder callTimeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new ConfigurationException("callTimeout was " + timeout + ", must be positive");
            }
            this.callTimeout = timeout;
            return this;
        }

        /**
         * Sets how many bytes an answer may have; 24 MiB by default.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder maxResponseBytes(long bytes) {
            if (bytes <= 0) {
                throw new ConfigurationException("maxResponseBytes was " + bytes + ", must be positive");
            }
            this.maxResponseBytes = bytes;
            return this;
        }

        /** Sets who hears of requests; nobody by default. */
        public Builder listener(PeerListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** Makes the store, which asks nothing yet. */
        public RestEntryStore build() {
            return new RestEntryStore(this);
        }
    }
}
