package io.modelconnector.examples.sidecars;

import io.modelconnector.core.endpoint.EntryReplica;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.examples.sidecars.settings.LocationSettings;
import io.modelconnector.examples.sidecars.settings.RegistryCalls;
import io.modelconnector.rhoai.CatalogCards;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the model cards that a location serves: what was sent with the entries, else what the catalog has. An older
 * normalizer sends no card while the catalog does not answer it, and a store drops those that changed longest ago when it is
 * full.
 */
final class LocationCards implements ModelCardProvider {
    private final EntryReplica replica;
    private final @Nullable CatalogCards catalog;

    private LocationCards(EntryReplica replica, @Nullable CatalogCards catalog) {
        this.replica = replica;
        this.catalog = catalog;
    }

    /**
     * Makes the provider, which asks nobody yet.
     *
     * @param token the token for the catalog, where the settings have no other
     */
    static LocationCards of(
            EntryReplica replica, LocationSettings settings, Supplier<String> token, Lifetime lifetime) {
        URI catalog = settings.catalog();
        if (catalog == null) {
            return new LocationCards(replica, null);
        }
        String given = settings.catalogToken();
        return new LocationCards(
                replica,
                lifetime.add(CatalogCards.builder(catalog)
                        .bearerToken(given == null ? token::get : () -> given)
                        .settings(RegistryCalls.trusting("REGISTRY_CA_FILE", settings.catalogCaFile(), null)
                                .build())
                        .build()));
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        Optional<ModelCard> sent = replica.card(reference);
        return sent.isPresent() || catalog == null ? sent : catalog.byKey(reference.key());
    }
}
