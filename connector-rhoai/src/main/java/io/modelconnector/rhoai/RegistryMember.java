package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One registry of a source: where it is, the client for it, and what is known of it, which outlasts both. */
final class RegistryMember {
    private final String name;
    private final Function<String, RegistryReader> readers;
    private RegistryReader reader;
    private @Nullable URI base;
    private @Nullable RegistryLocation location;
    private @Nullable ModelRegistryClient client;
    private @Nullable ConnectorException failure;

    RegistryMember(String name, Function<String, RegistryReader> readers) {
        this.name = name;
        this.readers = readers;
        this.reader = readers.apply(name);
    }

    String name() {
        return name;
    }

    synchronized RegistryReader reader() {
        return reader;
    }

    /**
     * The registry is here. A client of another place is closed, and what was known is forgotten: it may be another registry
     * under the same name, and ids are unique in one registry only. The feed keeps what it has until this one was read.
     */
    synchronized void locate(RegistryLocation here, ClientFactory clients) {
        if (here.equals(location)) {
            return;
        }
        close();
        if (base != null && !base.equals(here.base())) {
            reader = readers.apply(name);
        }
        base = here.base();
        location = here;
        try {
            client = clients.registry(here);
            failure = null;
        } catch (ConnectorException e) {
            failure = e;
        }
    }

    /** The registry is nowhere any more. */
    synchronized void lose() {
        if (location == null) {
            return;
        }
        close();
        location = null;
        failure = new SourceUnavailableException("registry \"" + name
                + "\" is no longer announced; its entries stay until it is back, or until the program is restarted"
                + " without it");
    }

    /**
     * The client of the registry.
     *
     * @throws ConnectorException if there is none, because of its address or because the registry is gone
     */
    synchronized ModelRegistryClient client() {
        if (client == null) {
            throw failure != null ? failure : new SourceUnavailableException("registry \"" + name + "\" was closed");
        }
        return client;
    }

    synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
