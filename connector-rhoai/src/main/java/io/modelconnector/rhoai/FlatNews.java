package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.rhoai.client.Changes;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.Listing;
import io.modelconnector.rhoai.client.Outcome;
import io.modelconnector.rhoai.client.UnreadableItem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a registry's flat list of artifacts says, whatever they belong to.
 *
 * @param supported whether the registry has such a list
 * @param failure why it could not be read
 * @param complete whether it was read to its end, so that an artifact that is not in it may be gone
 */
record FlatNews(
        boolean supported,
        @Nullable String failure,
        boolean complete,
        List<ListedArtifact> items,
        List<UnreadableItem> unreadable) {

    static FlatNews of(Outcome<Optional<Listing<ListedArtifact>>> outcome) {
        if (outcome.value() == null) {
            return failed(outcome.failure());
        }
        return outcome.value()
                .map(listing -> new FlatNews(true, null, true, listing.items(), listing.unreadable()))
                .orElseGet(FlatNews::unsupported);
    }

    static FlatNews ofChanges(Outcome<Optional<Changes<ListedArtifact>>> outcome) {
        if (outcome.value() == null) {
            return failed(outcome.failure());
        }
        return outcome.value()
                .map(changes -> new FlatNews(true, null, false, changes.items(), changes.unreadable()))
                .orElseGet(FlatNews::unsupported);
    }

    private static FlatNews failed(@Nullable ConnectorException failure) {
        return new FlatNews(
                true, failure == null ? "unknown" : String.valueOf(failure.getMessage()), false, List.of(), List.of());
    }

    private static FlatNews unsupported() {
        return new FlatNews(false, null, false, List.of(), List.of());
    }
}
