package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.kserve.leader.FailedCall.Reason;
import io.modelconnector.kserve.leader.ObjectCalls.Answer;
import java.io.IOException;
import java.net.HttpURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The record in an object of one kind. Of two that write at once, one fails: each write is bound to the version of the
 * object that was read. Not thread-safe.
 */
final class RecordStore {
    private static final int TOO_MANY_REQUESTS = 429;

    private final ObjectCalls calls;
    private final RecordPlace place;
    private final String namespace;
    private final String name;
    private final String collection;

    RecordStore(ObjectCalls calls, RecordPlace place, String namespace, String name) {
        this.calls = calls;
        this.place = place;
        this.namespace = namespace;
        this.name = name;
        this.collection = place.groupVersionPath() + "/namespaces/" + namespace + '/' + place.plural();
    }

    /**
     * What is stored.
     *
     * @param object the whole object, with its version
     * @param record the record in it
     */
    record Stored(ObjectNode object, LeaderRecord record) {}

    /** What it is, for messages: {@code Lease "connector" in namespace "ai"}. */
    String describe() {
        return place.kind() + " \"" + name + "\" in namespace \"" + namespace + '"';
    }

    /** Reads the record; null if there is no object. */
    @Nullable
    Stored read() throws FailedCall {
        try {
            Answer answer = calls.get(path());
            return answer.status() == HttpURLConnection.HTTP_NOT_FOUND ? null : stored("reading", answer);
        } catch (IOException e) {
            throw failed("reading", e);
        }
    }

    /** Creates the object with a record in it. */
    Stored create(LeaderRecord record) throws FailedCall {
        ObjectNode object = place.newObject();
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        place.write(object, record);
        try {
            return stored("creating", calls.post(collection, object));
        } catch (IOException e) {
            throw failed("creating", e);
        }
    }

    /** Replaces the record, if the object is still what was read. */
    Stored replace(Stored before, LeaderRecord record) throws FailedCall {
        ObjectNode object = before.object().deepCopy();
        place.write(object, record);
        return update(object);
    }

    /** Adds a question to the record, if the object is still what was read. */
    Stored ask(Stored before, String question) throws FailedCall {
        ObjectNode object = before.object().deepCopy();
        place.ask(object, question);
        return update(object);
    }

    private Stored update(ObjectNode object) throws FailedCall {
        try {
            Answer answer = calls.put(path(), object);
            if (answer.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw new FailedCall(Reason.CONFLICT, "updating " + describe() + " failed: it is gone", null, null);
            }
            return stored("updating", answer);
        } catch (IOException e) {
            throw failed("updating", e);
        }
    }

    private String path() {
        return collection + '/' + name;
    }

    private Stored stored(String doing, Answer answer) throws FailedCall {
        int status = answer.status();
        ObjectNode object = answer.object();
        if (object != null) {
            return new Stored(object, place.read(object));
        }
        String what = doing + ' ' + describe() + " at " + calls.server();
        if (status / 100 == 2) {
            throw new FailedCall(
                    Reason.UNAVAILABLE,
                    what + " failed: the answer is no object; check that the URL is that of an API server",
                    null,
                    null);
        }
        throw new FailedCall(reason(status), what + refusal(status), answer.retryAfter(), null);
    }

    private String refusal(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                " was refused: 401, the API server does not accept the token; renew it, or give one";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                " was refused: 403; grant get, create and update on " + place.resource()
                        + " in a Role of that namespace to the account in use";
            case HttpURLConnection.HTTP_NOT_FOUND ->
                " failed: 404; either " + place.resource() + " are not served, or the namespace is not there";
            default ->
                isTransient(status)
                        ? " failed: " + status + "; it is tried again"
                        : " was refused: " + status + "; check the URL of the API server and what it admits";
        };
    }

    private static Reason reason(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_CONFLICT -> Reason.CONFLICT;
            case HttpURLConnection.HTTP_FORBIDDEN -> Reason.FORBIDDEN;
            case HttpURLConnection.HTTP_NOT_FOUND -> Reason.ABSENT;
            default -> isTransient(status) ? Reason.UNAVAILABLE : Reason.REFUSED;
        };
    }

    private static boolean isTransient(int status) {
        return status >= 500 || status == TOO_MANY_REQUESTS || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT;
    }

    private FailedCall failed(String doing, IOException e) {
        boolean untrusted = e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException;
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new FailedCall(
                Reason.UNAVAILABLE,
                doing + ' ' + describe() + " at " + calls.server() + " failed: "
                        + (untrusted
                                ? "its certificate is not trusted; give the cluster's CA to the ApiClient"
                                : message + "; it is tried again"),
                null,
                e);
    }
}
