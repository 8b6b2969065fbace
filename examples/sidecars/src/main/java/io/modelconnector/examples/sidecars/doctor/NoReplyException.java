package io.modelconnector.examples.sidecars.doctor;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A server did not answer, or was not asked in the end. Its message says which and why; {@link #fix()} says what to do. */
final class NoReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    enum Reason {
        UNKNOWN_HOST,
        REFUSED,
        TIMEOUT,
        UNTRUSTED,
        OTHER_NAME,
        BAD_TOKEN,
        BROKEN
    }

    private final Reason reason;
    private final String fix;

    private NoReplyException(Reason reason, String message, String fix, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.fix = fix;
    }

    /** A request that failed. */
    static NoReplyException of(String server, IOException e) {
        if (e instanceof UnknownHostException) {
            return new NoReplyException(
                    Reason.UNKNOWN_HOST,
                    "the host of " + server + " is not known here",
                    "correct the address, or the DNS of this machine",
                    e);
        }
        if (e instanceof InterruptedIOException) {
            return new NoReplyException(
                    Reason.TIMEOUT,
                    "no answer from " + server + " in time",
                    "see whether it is up, and whether a NetworkPolicy or a firewall keeps this machine from it",
                    e);
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return new NoReplyException(
                    Reason.REFUSED,
                    "nothing accepts connections at " + server,
                    "start it, correct the address, or let connections through",
                    e);
        }
        return e instanceof SSLException tls ? ofTls(server, tls) : broken(server, e);
    }

    /** A token that cannot be read, or is none. */
    static NoReplyException ofToken(String message, Throwable cause) {
        return new NoReplyException(
                Reason.BAD_TOKEN, message, "give the token alone, on one line, where it can be read", cause);
    }

    private static NoReplyException ofTls(String server, SSLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return new NoReplyException(
                        Reason.UNTRUSTED,
                        "the certificate of " + server + " is not trusted",
                        "give the certificate of its CA",
                        e);
            }
        }
        if (e instanceof SSLPeerUnverifiedException) {
            return new NoReplyException(
                    Reason.OTHER_NAME,
                    "the certificate of " + server + " is for other hosts",
                    "use a name that is in the certificate",
                    e);
        }
        return broken(server, e);
    }

    private static NoReplyException broken(String server, IOException e) {
        return new NoReplyException(
                Reason.BROKEN,
                "the connection to " + server + " broke: " + e.getClass().getSimpleName()
                        + (e.getMessage() == null ? "" : ", " + e.getMessage()),
                "see whether it speaks " + server.replaceFirst(":.*", "") + ", and what its log says",
                e);
    }

    Reason reason() {
        return reason;
    }

    /** What to do where nothing more is known. */
    String fix() {
        return fix;
    }
}
