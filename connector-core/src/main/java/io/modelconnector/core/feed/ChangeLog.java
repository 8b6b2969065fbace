package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** Says what a publication changed, with names. */
final class ChangeLog {
    /** More names than this are counted, not told. */
    private static final int NAMES = 20;

    private ChangeLog() {}

    static void published(Logger log, FeedChange change, boolean first) {
        if (!log.isInfoEnabled()) {
            return;
        }
        if (first) {
            log.info("the feed is published with {} entries{}", change.added().size(), names(": ", change.added()));
            return;
        }
        if (!change.added().isEmpty()) {
            log.info("added{}", names(" ", change.added()));
        }
        if (!change.updated().isEmpty()) {
            log.info("updated{}", names(" ", change.updated()));
        }
        if (!change.removed().isEmpty()) {
            log.info("removed{}", names(" ", change.removed()));
        }
    }

    private static String names(String prefix, List<CatalogEntry> entries) {
        if (entries.isEmpty()) {
            return "";
        }
        String some = entries.stream()
                .limit(NAMES)
                .map(entry -> entry.key().toString())
                .collect(Collectors.joining(", ", prefix, ""));
        int more = entries.size() - NAMES;
        return more > 0 ? some + " and " + more + " more" : some;
    }
}
