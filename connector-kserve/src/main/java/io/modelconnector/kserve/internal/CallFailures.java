package io.modelconnector.kserve.internal;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.internal.CallFailure.Reason;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Words for what went wrong with the calls for one scope. */
final class CallFailures {
    private static final int TOO_MANY_REQUESTS = 429;

    private final WatchScope scope;
    private final String server;
    private final String verbs;

    /**
     * Creates it, for what is listed and watched only.
     *
     * @param scope what is asked for
     * @param server the API server's base URL
     */
    CallFailures(WatchScope scope, String server) {
        this(scope, server, "list and watch");
    }

    /**
     * Creates it.
     *
     * @param scope what is asked for
     * @param server the API server's base URL
     * @param verbs what the account needs
     */
    CallFailures(WatchScope scope, String server, String verbs) {
        this.scope = scope;
        this.server = server;
        this.verbs = verbs;
    }

    /**
     * An answer that is not 200.
     *
     * @param doing what was being done, {@code listing} say
     * @param response the answer; its body stays unread
     */
    CallFailure of(String doing, Response response) {
        int status = response.code();
        return of(doing, status, retryAfter(response));
    }

    /** An error event in a watch. */
    CallFailure of(String doing, int status, @Nullable Duration retryAfter) {
        String what = doing + ' ' + scope.describe() + " at " + server;
        ConnectorException error = switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new SourceRejectedException(
                        what + " was refused: 401, the API server does not accept the token; renew it, or give one");
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new SourceRejectedException(what + " was refused: 403; grant " + verbs + " on "
                        + scope.resource().qualifiedName()
                        + (scope.namespace() == null
                                ? " in a ClusterRole to the account in use"
                                : " in a Role of that namespace to the account in use"));
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                new SourceUnavailableException(what + " failed: " + status);
            default ->
                isTransient(status)
                        ? new SourceUnavailableException(what + " failed: " + status + "; it is tried again")
                        : new SourceRejectedException(what + " was refused: " + status
                                + "; check the selectors and the URL of the API server");
        };
        return new CallFailure(reason(status), error, retryAfter);
    }

    /** A call without an answer. */
    CallFailure of(String doing, IOException e) {
        String what = doing + ' ' + scope.describe() + " at " + server + " failed: ";
        if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
            return new CallFailure(
                    Reason.UNAVAILABLE,
                    new SourceUnavailableException(
                            what + "its certificate is not trusted; give the cluster's CA in the kubeconfig"
                                    + " (certificate-authority-data), as ca.crt, or to the ApiClient",
                            e),
                    null);
        }
        return new CallFailure(Reason.UNAVAILABLE, new SourceUnavailableException(what + describe(e), e), null);
    }

    /** An answer that makes no sense; {@code problem} completes "the answer ...". */
    CallFailure malformed(String doing, String problem) {
        return new CallFailure(
                Reason.MALFORMED,
                new MalformedResponseException(doing + ' ' + scope.describe() + " at " + server + " failed: the answer "
                        + problem + "; check that the URL is that of an API server"),
                null);
    }

    private static Reason reason(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND -> Reason.ABSENT;
            case HttpURLConnection.HTTP_GONE -> Reason.GONE;
            case HttpURLConnection.HTTP_FORBIDDEN -> Reason.FORBIDDEN;
            default -> isTransient(status) ? Reason.UNAVAILABLE : Reason.REFUSED;
        };
    }

    private static boolean isTransient(int status) {
        return status >= 500 || status == TOO_MANY_REQUESTS || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT;
    }

    private static @Nullable Duration retryAfter(Response response) {
        String header = response.header("Retry-After");
        return header != null && header.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }

    private static String describe(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
