package io.modelconnector.kserve.store;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.kserve.internal.ConfigMapApi;
import io.modelconnector.kserve.internal.ConfigMapVersion;
import io.modelconnector.kserve.internal.ConfigMapWrite;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes several updates in as few writes as there are ConfigMaps to change. Whoever wrote one in between is respected: the
 * ConfigMap is read again, and what is still to be done is decided anew. Used once, by one thread.
 */
final class GroupCommit {
    private final StoreSettings settings;
    private final StoreContents contents;
    private final ConfigMapApi api;
    private final MapReader reader;
    private final StoreCounters counters;
    private final Retries retries;
    private final Set<String> refused = new HashSet<>();

    GroupCommit(
            StoreSettings settings,
            StoreContents contents,
            ConfigMapApi api,
            MapReader reader,
            StoreCounters counters) {
        this.settings = settings;
        this.contents = contents;
        this.api = api;
        this.reader = reader;
        this.counters = counters;
        this.retries = new Retries(settings.calls().timing());
    }

    /**
     * Makes the updates, one after the other, and puts back what was lost with a ConfigMap.
     *
     * @throws io.modelconnector.core.ConnectorException if not all could be written; making them again is safe
     * @throws InterruptedException if the thread was interrupted
     */
    void make(Collection<GroupUpdate> updates) throws InterruptedException {
        EntryChanges changes = writeEntries(updates);
        writeCards(changes);
        contents.restored();
    }

    private EntryChanges writeEntries(Collection<GroupUpdate> updates) throws InterruptedException {
        MapSeries<KeptEntry> series = contents.entryMaps();
        while (true) {
            EntryChanges changes = EntryChanges.of(updates, contents);
            Map<String, Put<KeptEntry>> puts = puts(changes);
            Placement<KeptEntry> placement = new Placement<>(series);
            placement.remove(changes.removed());
            placement.put(storable(puts));
            placement.dropLeftovers(union(changes.removed(), puts.keySet()));
            boolean completes = changes.completes() || contents.isComplete();
            if (completes && (!series.at(0).exists() || series.at(0).isFilling())) {
                placement.complete();
            }
            if (write(series, placement.steps())) {
                changes.removed().forEach(contents::forget);
                puts.forEach((key, put) -> settle(key, put, placement.unplaced()));
                return changes;
            }
        }
    }

    private void writeCards(EntryChanges changes) throws InterruptedException {
        MapSeries<KeptCard> series = contents.cardMaps();
        Set<String> unreferred = new HashSet<>(contents.cards().keySet());
        unreferred.removeAll(contents.referredCards());
        while (true) {
            CardChanges cards = CardChanges.of(contents, changes.texts(), unreferred, settings);
            Map<String, Put<KeptCard>> puts = cards.puts();
            Placement<KeptCard> placement = new Placement<>(series);
            placement.remove(cards.removed());
            placement.put(storable(puts));
            placement.dropLeftovers(union(cards.removed(), puts.keySet()));
            if (write(series, placement.steps())) {
                contents.replaceCards(cards.known());
                return;
            }
        }
    }

    private Map<String, Put<KeptEntry>> puts(EntryChanges changes) {
        Map<String, Put<KeptEntry>> puts = new LinkedHashMap<>();
        Set<String> removed = changes.removed();
        contents.memory().forEach((key, remembered) -> {
            StoredEntry entry = remembered.kept().entry();
            if (remembered.problem() == null && entry != null && !removed.contains(key)) {
                puts.put(key, KeptEntry.put(entry, remembered.kept()));
            }
        });
        changes.wanted().forEach((key, entry) -> puts.put(key, KeptEntry.put(entry, contents.kept(key))));
        return puts;
    }

    private <V> Map<String, Put<V>> storable(Map<String, Put<V>> puts) {
        Map<String, Put<V>> storable = new LinkedHashMap<>(puts);
        storable.keySet().removeIf(key -> refused.contains(key) || !StoreProblems.isConfigMapKey(key));
        return storable;
    }

    private void settle(String key, Put<KeptEntry> put, Set<String> unplaced) {
        boolean isRefused = refused.contains(key);
        if (isRefused || unplaced.contains(key) || !StoreProblems.isConfigMapKey(key)) {
            String problem = StoreProblems.unstorable(key, put.value().bytes(), settings, isRefused);
            contents.remember(key, new Remembered(put.value(), problem));
        } else {
            contents.forget(key);
        }
    }

    /** Writes one after the other, and says whether it got to the end; if not, what is known changed. */
    private <V extends StoredValue<V>> boolean write(MapSeries<V> series, List<MapChange<V>> steps)
            throws InterruptedException {
        for (MapChange<V> step : steps) {
            if (!write(series, step)) {
                return false;
            }
        }
        return true;
    }

    private <V extends StoredValue<V>> boolean write(MapSeries<V> series, MapChange<V> change)
            throws InterruptedException {
        NumberedMap<V> map = change.map();
        ConfigMapVersion known = map.version();
        boolean wasFilling = known == null ? map.name().equals(settings.name()) : map.isFilling();
        boolean filling = wasFilling && !change.completes();
        ConfigMapWrite write = known == null
                ? api.create(map.name(), ConfigMapBody.create(change, filling))
                : api.patch(map.name(), ConfigMapBody.patch(change, known));
        switch (write.outcome()) {
            case WRITTEN -> {
                counters.countWrite();
                if (known == null) {
                    StoreLog.created(map.name());
                }
                series.written(change, requireNonNull(write.version(), "version"), filling);
                return true;
            }
            case CONFLICT -> {
                counters.countConflict();
                retries.afterConflict(map.name());
                reader.read(map);
            }
            case MISSING -> {
                retries.next(map.name());
                reader.read(map);
            }
            case REFUSED -> refuse(change);
        }
        return false;
    }

    /** A ConfigMap that is too large despite our counting is full, and what is too large by itself is kept in memory. */
    private void refuse(MapChange<?> change) {
        NumberedMap<?> map = change.map();
        if (change.size() <= map.used()) {
            throw new SourceRejectedException("writing the ConfigMap " + map.name() + " in namespace \""
                    + settings.namespace()
                    + "\" was refused as invalid, though it would not have grown; check that it is"
                    + " not marked as immutable");
        }
        retries.next(map.name());
        String only = change.onlyKey();
        if (only == null) {
            map.refuse(change.size());
        } else {
            refused.add(only);
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
