package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import org.jspecify.annotations.Nullable;

/** One registry of a source: where it is, the client for it, and what is known of it, which outlasts both. */
final class RegistryMember {
    private final String name;
    private final RegistryReader reader;
    private @Nullable RegistryLocation location;
    private @Nullable ModelRegistryClient client;
    private @Nullable ConnectorException failure;

    RegistryMember(String name, RegistryReader reader) {
        this.name = name;
        this.reader = reader;
    }

    String name() {
        return name;
    }

    RegistryReader reader() {
        return reader;
    }

    /** The registry is here. A client of another place is closed. */
    synchronized void locate(RegistryLocation here, ClientFactory clients) {
        if (here.equals(location)) {
            return;
        }
        close();
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
