package io.modelconnector.examples.sidecars.backstage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong with a request to Backstage into the library's errors. Immutable. */
final class PushFailures {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final String where;
    private final InstantSource clock;

    PushFailures(HttpUrl backstage, InstantSource clock) {
        this.where = " in Backstage at " + backstage;
        this.clock = clock;
    }

    /**
     * For an answer other than those that are expected.
     *
     * @param doing what was asked for
     */
    PushFailure ofStatus(String doing, Response response) {
        int status = response.code();
        String text = doing + where + " was answered " + status;
        return new PushFailure(error(status, text), status, retryAfter(response));
    }

    private static ConnectorException error(int status, String text) {
        if (status == 401) {
            return new SourceRejectedException(
                    text + "; the token is not accepted: set RHDH_TOKEN to a static token that"
                            + " Backstage's app-config has under backend.auth.externalAccess");
        }
        if (status == 403) {
            return new SourceRejectedException(text + "; the token RHDH_TOKEN is not allowed to: its accessRestrictions"
                    + " under backend.auth.externalAccess in Backstage's app-config must allow it to read, create and"
                    + " delete locations of the plugin catalog");
        }
        if (status == 400 || status == 422) {
            return new SourceRejectedException(text + "; is the plugin for locations of type " + CatalogLocation.TYPE
                    + " installed there, and does it allow the URL that BRIDGE_URL starts?");
        }
        if (status >= 300 && status < 400) {
            return new SourceRejectedException(text + ", a redirect; it is not followed, because the token would go"
                    + " there: set BKSTG_URL to the final address");
        }
        return new SourceUnavailableException(text
                + (status < 500 && status != 429
                        ? "; is BKSTG_URL the address of a Backstage backend?"
                        : "; it is overloaded, starting or failing, see its log"));
    }

    /**
     * For an answer that did not arrive.
     *
     * @param doing what was asked for
     */
    PushFailure ofIo(String doing, IOException e) {
        if (e instanceof JsonProcessingException) {
            return malformed(doing, "is no JSON, or too much of it");
        }
        String text = doing + where + " failed: ";
        if (e instanceof SSLException && isUntrusted(e)) {
            return new PushFailure(new SourceRejectedException(
                    text + "its certificate is not trusted; set BKSTG_CA_FILE to a file with the certificate of its CA",
                    e));
        }
        String reason = e instanceof InterruptedIOException ? "no answer in time" : describe(e);
        return new PushFailure(
                new SourceUnavailableException(text + reason + "; is it up, and is it reachable from here?", e));
    }

    /**
     * For an answer that is not what Backstage promises.
     *
     * @param doing what was asked for
     * @param what what the answer is
     */
    PushFailure malformed(String doing, String what) {
        return new PushFailure(new MalformedResponseException("the answer to " + doing + where + ' ' + what
                + "; is something else, a proxy or a login page, at this address?"));
    }

    /** For locations that Backstage says it has, but which it does not tell. */
    PushFailure hidden(int locations) {
        return new PushFailure(
                new SourceRejectedException(
                        "registering " + locations + " locations" + where + " was answered 409, that"
                                + " they exist, but they are not shown; the accessRestrictions of RHDH_TOKEN under"
                                + " backend.auth.externalAccess in Backstage's app-config must allow it to read locations of the"
                                + " plugin catalog"),
                409,
                null);
    }

    private static boolean isUntrusted(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    private static String describe(IOException e) {
        String kind = e.getClass().getSimpleName();
        return e.getMessage() == null ? kind : kind + ": " + e.getMessage().replaceAll("[\\p{Cntrl}\\s]+", " ");
    }

    private @Nullable Duration retryAfter(Response response) {
        String value = response.header("Retry-After", "").strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            return Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
