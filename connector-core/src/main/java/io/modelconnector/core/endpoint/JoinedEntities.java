package io.modelconnector.core.endpoint;

import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.FeedSnapshot;
import io.modelconnector.core.format.BackstageEntitiesFormat;
import io.modelconnector.core.format.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What all entries of a publication have in one document of a plain Backstage. Immutable and thread-safe.
 *
 * @param list the Location of the publication, which is made anew with each
 * @param all the entities of all entries and the Systems that they name, one after the other
 * @param systems the Systems
 */
record JoinedEntities(Payload list, Payload all, Payload systems) {

    static JoinedEntities of(FeedSnapshot snapshot, Payload list, BackstageEntitiesFormat format) {
        List<FeedEntry> entries = snapshot.entries().stream()
                .filter(entry -> entry.payload(format).isPresent())
                .toList();
        byte[] systems =
                format.writeSystems(entries.stream().map(FeedEntry::entry).toList());
        List<ByteBuffer> documents = new ArrayList<>(entries.size() + 1);
        entries.forEach(entry -> entry.payload(format).ifPresent(payload -> documents.add(payload.bytes())));
        documents.add(ByteBuffer.wrap(systems));
        return new JoinedEntities(list, Payload.of(joined(documents)), Payload.of(systems));
    }

    private static byte[] joined(List<ByteBuffer> documents) {
        ByteBuffer all = ByteBuffer.allocate(
                documents.stream().mapToInt(ByteBuffer::remaining).sum());
        documents.forEach(all::put);
        return all.array();
    }
}
