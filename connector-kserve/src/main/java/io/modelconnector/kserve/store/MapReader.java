package io.modelconnector.kserve.store;

import io.modelconnector.kserve.internal.ConfigMapApi;
import io.modelconnector.kserve.internal.ConfigMapHead;
import io.modelconnector.kserve.internal.ConfigMapVersion;
import io.modelconnector.kserve.internal.ResourceWatch;
import io.modelconnector.kserve.internal.WatchGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads ConfigMaps into what is known: those of which the watch says that they changed. Not thread-safe. */
final class MapReader {
    private final StoreContents contents;
    private final ConfigMapApi api;
    private final WatchGroup watches;
    private final ResourceWatch<ConfigMapVersion> watch;
    private final StoreCounters counters;
    private final Duration listTimeout;

    MapReader(
            StoreContents contents,
            ConfigMapApi api,
            WatchGroup watches,
            ResourceWatch<ConfigMapVersion> watch,
            StoreCounters counters,
            Duration listTimeout) {
        this.contents = contents;
        this.api = api;
        this.watches = watches;
        this.watch = watch;
        this.counters = counters;
        this.listTimeout = listTimeout;
    }

    /** Reads what changed. */
    void refresh() throws InterruptedException {
        readChanged();
        followMoves();
    }

    /** Reads a ConfigMap that is not as it was known. */
    void read(NumberedMap<?> map) throws InterruptedException {
        readAgain(map);
        followMoves();
    }

    /**
     * An entry that is not any more where it was may have moved into a ConfigMap that we read before it did. Its arrival
     * came first, so that a list that is made now tells of it.
     */
    private void followMoves() throws InterruptedException {
        if (contents.takeVanished()) {
            watches.relist(listTimeout);
            readChanged();
        }
        contents.forgetFound();
    }

    /** Cards come first: they are written last, so that those that are read have their entries. */
    private void readChanged() throws InterruptedException {
        Map<String, ConfigMapVersion> told = new TreeMap<>();
        watch.state().objects().forEach(version -> told.put(version.name(), version));
        readChanged(contents.cardMaps(), told);
        readChanged(contents.entryMaps(), told);
    }

    private void readChanged(MapSeries<?> series, Map<String, ConfigMapVersion> told) throws InterruptedException {
        for (ConfigMapVersion version : told.values()) {
            int index = series.index(version.name());
            if (index >= 0 && series.at(index).isNews(version)) {
                readAgain(series.at(index));
            }
        }
        for (NumberedMap<?> map : List.copyOf(series.maps())) {
            if (map.exists() && map.wasSeen() && !told.containsKey(map.name())) {
                readAgain(map);
            }
        }
    }

    /** A map belongs to one of the two series. */
    private void readAgain(NumberedMap<?> map) throws InterruptedException {
        int index = contents.entryMaps().index(map.name());
        if (index >= 0) {
            NumberedMap<KeptEntry> entries = contents.entryMaps().at(index);
            contents.loadEntries(entries, read(contents.entryMaps(), entries));
        } else {
            NumberedMap<KeptCard> cards =
                    contents.cardMaps().at(contents.cardMaps().index(map.name()));
            contents.loadCards(cards, read(contents.cardMaps(), cards));
        }
    }

    private <V extends StoredValue<V>> @Nullable MapContent<V> read(MapSeries<V> series, NumberedMap<V> map)
            throws InterruptedException {
        Values<V> values = new Values<>(series);
        counters.countRead();
        return api.read(map.name(), values).map(values::content).orElse(null);
    }

    /** Takes the values of a ConfigMap as they come. */
    private static final class Values<V extends StoredValue<V>> implements ConfigMapHead.Visitor {
        private final MapSeries<V> series;
        private final Map<String, V> byKey = new HashMap<>();
        private final Set<String> textKeys = new HashSet<>();
        private long textBytes;

        Values(MapSeries<V> series) {
            this.series = series;
        }

        MapContent<V> content(ConfigMapHead head) {
            boolean filling = "true".equals(head.annotations().get(ConfigMapBody.FILLING));
            return new MapContent<>(head.version(), filling, textKeys, textBytes, byKey);
        }

        @Override
        public void text(String key, int bytes) {
            textKeys.add(key);
            textBytes += key.length() + bytes;
        }

        @Override
        public void binary(String key, byte[] value) {
            byKey.put(key, series.decode(key, value));
        }
    }
}
