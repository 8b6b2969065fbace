package io.modelconnector.core.endpoint.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes moments for people, and for machines beside that. Exact to the minute, so that a page stays the same for a while. */
final class Times {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** Writes a moment and how long ago it was. */
    static void moment(Html html, Instant moment, Instant now) {
        time(html, moment, MOMENT.format(moment));
        html.text(" (" + age(moment, now) + ")");
    }

    /** Writes how long ago a moment was; the moment itself is what one hovers for. */
    static void age(Html html, Instant moment, Instant now) {
        html.element("time", age(moment, now), "datetime", datetime(moment), "title", MOMENT.format(moment));
    }

    /** Writes the day of a moment. */
    static void date(Html html, Instant moment) {
        html.element("time", DATE.format(moment), "datetime", datetime(moment), "title", MOMENT.format(moment));
    }

    /** Writes a moment. */
    static void moment(Html html, Instant moment) {
        time(html, moment, MOMENT.format(moment));
    }

    static String age(Instant moment, Instant now) {
        long minutes = Duration.between(moment, now).toMinutes();
        if (minutes < -1) {
            return "in the future";
        }
        if (minutes < 1) {
            return "just now";
        }
        if (minutes < 120) {
            return count(minutes, "minute") + " ago";
        }
        long hours = minutes / 60;
        return (hours < 48 ? count(hours, "hour") : count(hours / 24, "day")) + " ago";
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void time(Html html, Instant moment, String text) {
        html.element("time", text, "datetime", datetime(moment));
    }

    private static String datetime(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
