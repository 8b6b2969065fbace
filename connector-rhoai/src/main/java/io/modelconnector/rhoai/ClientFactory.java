package io.modelconnector.rhoai;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.rhoai.client.BearerToken;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import io.modelconnector.rhoai.client.UpstreamListener;
import java.net.URI;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/**
 * Makes the clients of a source, which share connections.
 *
 * @param http whose connections they share
 * @param readmes takes the readmes of registered models when they are read
 */
record ClientFactory(
        OkHttpClient http,
        BearerToken token,
        HttpSettings settings,
        UpstreamListener listener,
        Consumer<ModelCard> readmes) {
    ModelRegistryClient registry(RegistryLocation location) {
        return ModelRegistryClient.builder(location.name(), location.base())
                .namespace(location.namespace())
                .bearerToken(token)
                .settings(settings)
                .httpClient(http)
                .listener(listener)
                .readmes(readmes)
                .build();
    }

    ModelCatalogClient catalog(URI base) {
        return ModelCatalogClient.builder(base)
                .bearerToken(token)
                .settings(settings)
                .httpClient(http)
                .listener(listener)
                .build();
    }
}
