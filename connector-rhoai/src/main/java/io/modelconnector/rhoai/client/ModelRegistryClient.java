package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.source.ModelArtifact;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Kubeflow model registry ({@code /api/model_registry/v1alpha3}), of the current and of the older kind. Lists are
 * read to their end whatever the server's page size, with a guard against servers that never end.
 *
 * <pre>{@code
 * try (ModelRegistryClient registry = ModelRegistryClient.builder("public", URI.create("https://registry.example.com"))
 *         .bearerToken(() -> Files.readString(tokenFile))
 *         .build()) {
 *     registry.registeredModels().items().forEach(listed -> System.out.println(listed.model().name()));
 * }
 * }</pre>
 *
 * <p>Thread-safe. All methods block, and end at once when the calling thread is interrupted. They throw
 * {@link io.modelconnector.core.SourceUnavailableException} if the registry does not answer, {@link
 * io.modelconnector.core.SourceRejectedException} if it refuses access or is not to be trusted, and {@link
 * io.modelconnector.core.MalformedResponseException} if its answer cannot be used. Requests run on threads of the client,
 * at most {@link HttpSettings#requestsAtOnce()}; they start with the first request.
 */
public final class ModelRegistryClient implements AutoCloseable {
    /** The artifacts that the flat list is asked for; the others, an experiment's metrics say, may be millions. */
    private static final List<String> FLAT_TYPES = List.of(ModelArtifact.MODEL_ARTIFACT, "doc-artifact");

    private final String name;
    private final Upstream upstream;
    private final ItemKind<ListedModel> modelKind;

    private ModelRegistryClient(String name, Upstream upstream, Consumer<ModelCard> readmes) {
        this.name = name;
        this.upstream = upstream;
        this.modelKind = models(readmes);
    }

    private ItemKind<ListedModel> models(Consumer<ModelCard> readmes) {
        return ItemKind.models(
                new Readmes(name, new CardLimit(upstream.settings().maxCardBytes()), readmes));
    }

    /**
     * Starts to configure a client.
     *
     * @param name the registry's name, for messages and metrics; the Role that gives access to it is called after it
     * @param base where the registry is: the address that {@code /api/model_registry/v1alpha3} is appended to, http or
     *     https, with a path where a gateway needs one
     * @throws ConfigurationException if the name is blank or the address is none
     */
    public static Builder builder(String name, URI base) {
        return new Builder(name, base);
    }

    /** The types of artifacts that {@link #contents()} and {@link #changes(KnownItems)} tell about. */
    public static List<String> flatArtifactTypes() {
        return FLAT_TYPES;
    }

    /** All registered models, archived ones too. */
    public Listing<ListedModel> registeredModels() throws InterruptedException {
        return upstream.run(exchange -> all(exchange, modelKind));
    }

    /**
     * The readme of a registered model.
     *
     * @param modelId the model's id
     * @return the readme as a card; nothing if the model is archived or does not exist, or has no readme that can be used
     */
    public Optional<ModelCard> readme(String modelId) throws InterruptedException {
        HttpUrl url = upstream.url()
                .addPathSegment(ItemKind.REGISTERED_MODELS)
                .addPathSegment(modelId)
                .build();
        return upstream.run(exchange -> {
            AtomicReference<ModelCard> readme = new AtomicReference<>();
            ItemKind<ListedModel> single = models(readme::set);
            exchange.find(
                    new Target(url, "reading the readme of registered model " + modelId),
                    status -> status == 404,
                    Json.object(single::readOne));
            return Optional.ofNullable(readme.get());
        });
    }

    /** All model versions, archived ones too. */
    public Listing<ListedVersion> modelVersions() throws InterruptedException {
        return upstream.run(exchange -> all(exchange, ItemKind.VERSIONS));
    }

    /** All inference services. */
    public Listing<ListedInferenceService> inferenceServices() throws InterruptedException {
        return upstream.run(exchange -> all(exchange, ItemKind.INFERENCE_SERVICES));
    }

    /** All serving environments. */
    public Listing<ListedEnvironment> servingEnvironments() throws InterruptedException {
        return upstream.run(exchange -> all(exchange, ItemKind.ENVIRONMENTS));
    }

    /**
     * The artifacts of a model version, of any type.
     *
     * @param versionId the version's id
     * @return the artifacts; none for a version that does not exist
     */
    public Listing<ListedArtifact> artifacts(String versionId) throws InterruptedException {
        return upstream.run(exchange -> artifacts(exchange, versionId));
    }

    /**
     * The artifacts of several model versions, read side by side. One that fails costs only itself.
     *
     * @param versionIds the versions' ids
     * @return what became of each, in the order of the ids
     */
    public Map<String, Outcome<Listing<ListedArtifact>>> artifacts(Collection<String> versionIds)
            throws InterruptedException {
        try (RequestScope scope = upstream.scope()) {
            Map<String, Pending<Listing<ListedArtifact>>> started = new LinkedHashMap<>();
            for (String id : versionIds) {
                started.computeIfAbsent(id, key -> scope.start(exchange -> artifacts(exchange, key)));
            }
            Map<String, Outcome<Listing<ListedArtifact>>> outcomes = new LinkedHashMap<>();
            for (Map.Entry<String, Pending<Listing<ListedArtifact>>> entry : started.entrySet()) {
                outcomes.put(entry.getKey(), entry.getValue().outcome());
            }
            return outcomes;
        }
    }

    /** Everything, read side by side. Fails if one of the lists does, but for the artifacts, whose failure is in the result. */
    public RegistryContents contents() throws InterruptedException {
        try (RequestScope scope = upstream.scope()) {
            Pending<Listing<ListedVersion>> versions = scope.start(exchange -> all(exchange, ItemKind.VERSIONS));
            Pending<Listing<ListedModel>> models = scope.start(exchange -> all(exchange, modelKind));
            Pending<Listing<ListedInferenceService>> services =
                    scope.start(exchange -> all(exchange, ItemKind.INFERENCE_SERVICES));
            Pending<Listing<ListedEnvironment>> environments =
                    scope.start(exchange -> all(exchange, ItemKind.ENVIRONMENTS));
            List<Pending<Optional<Listing<ListedArtifact>>>> artifacts = new ArrayList<>();
            for (String type : FLAT_TYPES) {
                artifacts.add(
                        scope.start(exchange -> flatArtifacts(exchange, type).toTheEnd()));
            }
            return new RegistryContents(
                    models.await(),
                    versions.await(),
                    services.await(),
                    environments.await(),
                    FlatArtifacts.listing(artifacts));
        }
    }

    /**
     * What changed, read side by side: each list is asked for what was changed last, page by page, up to a page of which
     * everything is known. When nothing has changed this is one request for each list, five in all. Fails if one of the
     * lists does, but for the artifacts, whose failure is in the result.
     *
     * @param known what is known already
     */
    public RegistryChanges changes(KnownItems known) throws InterruptedException {
        try (RequestScope scope = upstream.scope()) {
            Pending<Changes<ListedModel>> models = scope.start(exchange -> changed(exchange, modelKind, known));
            Pending<Changes<ListedVersion>> versions =
                    scope.start(exchange -> changed(exchange, ItemKind.VERSIONS, known));
            Pending<Changes<ListedInferenceService>> services =
                    scope.start(exchange -> changed(exchange, ItemKind.INFERENCE_SERVICES, known));
            List<Pending<Optional<Changes<ListedArtifact>>>> artifacts = new ArrayList<>();
            for (String type : FLAT_TYPES) {
                artifacts.add(
                        scope.start(exchange -> flatArtifacts(exchange, type).untilKnown(known)));
            }
            return new RegistryChanges(
                    models.await(), versions.await(), services.await(), FlatArtifacts.changes(artifacts));
        }
    }

    private <T extends Listed> Listing<T> all(Exchange exchange, ItemKind<T> kind) throws InterruptedException {
        return collection(exchange, kind).toTheEnd().orElseThrow();
    }

    private <T extends Listed> Changes<T> changed(Exchange exchange, ItemKind<T> kind, KnownItems known)
            throws InterruptedException {
        return collection(exchange, kind).untilKnown(known).orElseThrow();
    }

    private <T extends Listed> CollectionWalk<T> collection(Exchange exchange, ItemKind<T> kind) {
        HttpUrl url = upstream.url().addPathSegment(kind.path()).build();
        return new CollectionWalk<>(exchange, upstream, kind, url, false, item -> true);
    }

    private CollectionWalk<ListedArtifact> flatArtifacts(Exchange exchange, String type) {
        HttpUrl url = upstream.url()
                .addPathSegment(ItemKind.ARTIFACTS.path())
                .addQueryParameter("artifactType", type)
                .build();
        return new CollectionWalk<>(
                exchange,
                upstream,
                ItemKind.ARTIFACTS,
                url,
                true,
                listed -> listed.artifact().type().equals(type));
    }

    private Listing<ListedArtifact> artifacts(Exchange exchange, String versionId) throws InterruptedException {
        HttpUrl url = upstream.url()
                .addPathSegment(ItemKind.VERSIONS.path())
                .addPathSegment(versionId)
                .addPathSegment(ItemKind.ARTIFACTS.path())
                .build();
        return new CollectionWalk<>(exchange, upstream, ItemKind.ARTIFACTS, url, false, item -> true)
                .toTheEnd()
                .orElseThrow();
    }

    /** Gives up what is under way and ends what the client opened. Idempotent; returns within seconds. */
    @Override
    public void close() {
        upstream.close();
    }

    @Override
    public String toString() {
        return "ModelRegistryClient[" + upstream.label() + ", " + upstream.url().build() + ']';
    }

    /** Configures a client. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final HttpUrl api;
        private @Nullable String namespace;
        private Consumer<ModelCard> readmes = readme -> {};
        private UpstreamOptions options = UpstreamOptions.defaults();

        private Builder(String name, URI base) {
            if (name.isBlank()) {
                throw new ConfigurationException("the name of a registry was blank, must be its name on the platform");
            }
            this.name = name;
            this.api = BaseAddress.of("the address of registry \"" + name + '"', base, "api/model_registry/v1alpha3");
        }

        /**
         * The namespace that the registry is in, for the advice that goes with a refusal.
         *
         * @param namespace the namespace; null, the default, if it is not known
         */
        public Builder namespace(@Nullable String namespace) {
            this.namespace = namespace;
            return this;
        }

        /**
         * The token of each request. By default none is sent.
         *
         * @param token gives the token, anew for each request
         */
        public Builder bearerToken(BearerToken token) {
            options = options.withToken(requireNonNull(token, "token"));
            return this;
        }

        /**
         * Limits, retries and trust.
         *
         * @param settings {@link HttpSettings#defaults()} by default
         */
        public Builder settings(HttpSettings settings) {
            options = options.withSettings(requireNonNull(settings, "settings"));
            return this;
        }

        /**
         * The caller's own OkHttp client, whose connections, proxy and interceptors are used; timeouts, redirects and, where
         * they say something of it, trust are those of the settings. It is never closed. By default the client makes one.
         *
         * @param client the client
         */
        public Builder httpClient(OkHttpClient client) {
            options = options.withClient(requireNonNull(client, "client"));
            return this;
        }

        /**
         * Hears of each request.
         *
         * @param listener the listener; none by default
         */
        public Builder listener(UpstreamListener listener) {
            options = options.withListener(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Takes the readmes of live registered models each time that a list has them; {@link ListedModel} has only their
         * {@linkplain io.modelconnector.core.entity.CardVersion versions}.
         *
         * @param taker takes each readme while the list is read, on a thread of the client; must not throw. By default they
         *     are dropped
         */
        public Builder readmes(Consumer<ModelCard> taker) {
            readmes = requireNonNull(taker, "taker");
            return this;
        }

        Builder timing(RetryTiming timing) {
            options = options.withTiming(timing);
            return this;
        }

        /** Makes the client, which opens nothing before its first request. */
        public ModelRegistryClient build() {
            RegistryAccess access = new RegistryAccess(name, namespace);
            Upstream upstream =
                    new Upstream(new UpstreamIdentity(name, "registry \"" + name + '"', api, access::advice), options);
            return new ModelRegistryClient(name, upstream, readmes);
        }
    }
}
