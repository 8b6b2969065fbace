package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong with a request into the library's errors. Messages stay the same while a fault lasts. */
final class UpstreamFailures {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final UpstreamIdentity identity;
    private final Clock clock;

    UpstreamFailures(UpstreamIdentity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * For an answer other than success.
     *
     * @return a failure that may be tried again
     * @throws ConnectorException if that would be of no use
     */
    TransientFailure ofStatus(Target target, Response response) {
        int status = response.code();
        String text = what(target) + " was answered " + status + ErrorMessage.of(response);
        if (status == 401 || status == 403) {
            throw new SourceRejectedException(text + "; " + identity.refusal().apply(status));
        }
        if (response.isRedirect()) {
            throw new SourceRejectedException(text + redirect(target, response));
        }
        if (status == 429 || status == 502 || status == 503 || status == 504) {
            return new TransientFailure(
                    new SourceUnavailableException(text + "; it is overloaded or starting, ask again later"),
                    retryAfter(response),
                    true);
        }
        throw new SourceUnavailableException(
                text + (status < 500 ? "; check that this is the address of a server of that kind" : "; see its log"));
    }

    /**
     * For an answer that did not arrive or cannot be read.
     *
     * @return a failure that may be tried again
     * @throws ConnectorException if that would be of no use
     */
    TransientFailure ofIo(Target target, IOException e) {
        if (e instanceof MalformedBodyException) {
            throw new MalformedResponseException(
                    what(target) + " brought an answer that cannot be used: " + e.getMessage()
                            + "; is something else, a proxy or a login page, at this address?",
                    e);
        }
        HttpUrl url = target.url();
        if (e instanceof SSLException && isUntrusted(e)) {
            throw new SourceRejectedException(
                    what(target) + " was given up: the certificate of " + url.host() + ':' + url.port()
                            + " is not trusted; give the certificate of its CA, in PEM, as an additional one"
                            + " (REGISTRY_CA_FILE of the program, caCertificates in HttpSettings)",
                    e);
        }
        if (e instanceof SSLPeerUnverifiedException) {
            throw new SourceRejectedException(
                    what(target) + " was given up: the certificate of " + url.host() + ':' + url.port()
                            + " is for other hosts; use the name that is in the certificate",
                    e);
        }
        boolean timeout = e instanceof SocketTimeoutException || "timeout".equals(e.getMessage());
        return new TransientFailure(
                new SourceUnavailableException(
                        what(target) + " failed: " + (timeout ? "no answer in time" : describe(e))
                                + "; is the server up, and is it reachable from here?",
                        e),
                null,
                false);
    }

    ConnectorException ofToken(Target target, Exception e) {
        return new SourceUnavailableException(
                what(target) + " was given up: the bearer token cannot be read: " + describe(e), e);
    }

    ConnectorException ofBadToken(Target target) {
        return new SourceRejectedException(
                what(target)
                        + " was given up: the bearer token has characters that no token has; give the token alone, on one line");
    }

    private String what(Target target) {
        return target.doing() + " of " + identity.label() + " at " + target.address();
    }

    private static String redirect(Target target, Response response) {
        String location = response.header("Location");
        HttpUrl to = location == null ? null : target.url().resolve(location);
        String where = to == null ? "elsewhere" : "to " + to.scheme() + "://" + to.host() + ':' + to.port();
        return ", a redirect " + where + "; it is not followed, because the token would go there:"
                + " give the final address, and check that no login page is in front of it";
    }

    private static boolean isUntrusted(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    private static String describe(Exception e) {
        String message = e.getMessage();
        String kind = e.getClass().getSimpleName();
        return message == null || message.isBlank() ? kind : kind + ": " + ErrorMessage.shorten(message);
    }

    private @Nullable Duration retryAfter(Response response) {
        String value = response.header("Retry-After");
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
