package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;

/** Whether an address can be listened at, by listening there for a moment. */
final class PortCheck implements Check {
    private final String part;
    private final ListenAddress address;
    private final Caller caller;

    /**
     * Makes the check.
     *
     * @param part who is to listen there
     * @param address where; port 0 is for nowhere
     * @param caller asks whoever listens there already who it is
     */
    PortCheck(String part, ListenAddress address, Caller caller) {
        this.part = part;
        this.address = address;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "port of " + part;
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        if (address.port() == 0) {
            return List.of(Finding.skip(name(), "not used"));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    address.host() == null
                            ? new InetSocketAddress(address.port())
                            : new InetSocketAddress(address.host(), address.port()));
            return List.of(Finding.ok(name(), address.port() + " is free"));
        } catch (IOException | UnresolvedAddressException e) {
            return List.of(judge(String.valueOf(e.getMessage())));
        }
    }

    private Finding judge(String message) throws InterruptedException {
        String reason = message.toLowerCase(Locale.ROOT);
        if (reason.contains("permission denied")) {
            return Finding.fail(name(), address.port() + " may not be used by this user", "choose a port from 1024 on");
        }
        if (!reason.contains("in use")) {
            return Finding.fail(
                    name(),
                    "this machine has no address \"" + address.host() + '"',
                    "leave the host out, for all addresses");
        }
        String user = user();
        return user.isEmpty()
                ? Finding.warn(
                        name(),
                        address.port() + " is in use by a program that is not known",
                        "if that is not a part of the connector, end it or choose another port: "
                                + (part.equals(Doctor.METRICS) ? "--metrics-address" : "--address"))
                : Finding.ok(name(), address.port() + " is in use, by " + user + " that runs already");
    }

    /** Who listens there, if it is one of ours or of the existing parts. */
    private String user() throws InterruptedException {
        String list = answer("list");
        if (list.contains("\"uris\"")) {
            return "a location";
        }
        if (list.contains("\"keys\"")) {
            return "a storage-rest";
        }
        String metrics = answer("metrics");
        return metrics.contains("model_connector_") || metrics.contains("controller_runtime_")
                ? "the metrics of a connector"
                : "";
    }

    private String answer(String path) throws InterruptedException {
        String host = address.host() == null ? "localhost" : address.host();
        HttpUrl url = new HttpUrl.Builder()
                .scheme("http")
                .host(host)
                .port(address.port())
                .addPathSegment(path)
                .build();
        try {
            Reply reply = caller.get(url, () -> null);
            return new String(reply.body(), StandardCharsets.UTF_8);
        } catch (NoReplyException e) {
            return "";
        }
    }
}
