package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.examples.sidecars.doctor.NoReplyException.Reason;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.HttpUrl;

/** Whether another part of the connector, location or storage-rest, is where it is said to be. */
final class PartCheck implements Check {
    private static final String STORAGE_LIST = "keys";
    private static final String LOCATION_LIST = "uris";

    private final String part;
    private final String variable;
    private final String list;
    private final URI base;
    private final boolean given;
    private final Caller caller;

    private PartCheck(String part, String variable, String list, URI base, boolean given, Caller caller) {
        this.part = part;
        this.variable = variable;
        this.list = list;
        this.base = base;
        this.given = given;
        this.caller = caller;
    }

    static PartCheck storage(Parts parts, Caller caller) {
        return new PartCheck(
                "storage-rest", "STORAGE_URL", STORAGE_LIST, parts.storage(), parts.storageGiven(), caller);
    }

    static PartCheck location(Parts parts, Caller caller) {
        return new PartCheck("location", "BRIDGE_URL", LOCATION_LIST, parts.location(), parts.locationGiven(), caller);
    }

    @Override
    public String name() {
        return part;
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            HttpUrl url = HttpUrl.get(base.toString())
                    .newBuilder()
                    .addPathSegment("list")
                    .build();
            return List.of(judge(caller.get(url, () -> null)));
        } catch (NoReplyException e) {
            return List.of(unreachable(e));
        }
    }

    private Finding judge(Reply reply) {
        String other = list.equals(STORAGE_LIST) ? LOCATION_LIST : STORAGE_LIST;
        JsonNode answer = reply.json();
        if (reply.isOk() && answer.has(list)) {
            return Finding.ok(part, base + " has " + answer.path(list).size() + " entries");
        }
        if (reply.isOk() && answer.has(other)) {
            String is = list.equals(STORAGE_LIST) ? "location" : "storage-rest";
            return wrong(base + " is " + is + " and not " + part, "correct " + variable);
        }
        if (reply.status() == 503) {
            return Finding.warn(
                    part,
                    base + " has not read everything yet (503)",
                    "wait; if it stays so, see what its log and the lines above say");
        }
        return wrong(
                base + " answers " + reply.inWords() + " and is not " + part,
                "correct " + variable + ", or end the program that uses that port");
    }

    private Finding unreachable(NoReplyException e) throws InterruptedException {
        String message = String.valueOf(e.getMessage());
        if (e.reason() == Reason.REFUSED && !given) {
            return Finding.skip(part, message + ", and " + variable + " is not set");
        }
        if (e.reason() == Reason.REFUSED && isHere(base.getHost())) {
            return Finding.warn(
                    part, message, "before " + part + " is started that is as it should be; later, see its log");
        }
        return wrong(message, e.reason() == Reason.REFUSED ? "start it, or correct " + variable : e.fix());
    }

    /** What nobody has configured, nobody has got wrong. */
    private Finding wrong(String detail, String fix) {
        return given ? Finding.fail(part, detail, fix) : Finding.warn(part, detail, fix);
    }

    private static boolean isHere(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }
}
