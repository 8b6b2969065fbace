package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Joins what the flat list of artifacts says about one type and about another. */
final class FlatArtifacts {
    private FlatArtifacts() {}

    static Outcome<Optional<Listing<ListedArtifact>>> listing(List<Pending<Optional<Listing<ListedArtifact>>>> types)
            throws InterruptedException {
        List<ListedArtifact> items = new ArrayList<>();
        List<UnreadableItem> unreadable = new ArrayList<>();
        try {
            for (Pending<Optional<Listing<ListedArtifact>>> type : types) {
                Optional<Listing<ListedArtifact>> listing = type.await();
                if (listing.isEmpty()) {
                    return Outcome.of(Optional.empty());
                }
                items.addAll(listing.get().items());
                unreadable.addAll(listing.get().unreadable());
            }
        } catch (ConnectorException e) {
            return Outcome.failed(e);
        }
        return Outcome.of(
                Optional.of(new Listing<>(items, unreadable.stream().distinct().toList())));
    }

    static Outcome<Optional<Changes<ListedArtifact>>> changes(List<Pending<Optional<Changes<ListedArtifact>>>> types)
            throws InterruptedException {
        List<ListedArtifact> items = new ArrayList<>();
        List<UnreadableItem> unreadable = new ArrayList<>();
        int seen = 0;
        boolean toTheEnd = true;
        boolean tooMany = false;
        try {
            for (Pending<Optional<Changes<ListedArtifact>>> type : types) {
                Optional<Changes<ListedArtifact>> answer = type.await();
                if (answer.isEmpty()) {
                    return Outcome.of(Optional.empty());
                }
                Changes<ListedArtifact> changes = answer.get();
                items.addAll(changes.items());
                unreadable.addAll(changes.unreadable());
                seen += changes.seen();
                toTheEnd &= changes.toTheEnd();
                tooMany |= changes.tooMany();
            }
        } catch (ConnectorException e) {
            return Outcome.failed(e);
        }
        return Outcome.of(
                Optional.of(new Changes<>(items, unreadable.stream().distinct().toList(), seen, toTheEnd, tooMany)));
    }
}
