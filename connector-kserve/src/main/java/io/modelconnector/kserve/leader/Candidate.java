package io.modelconnector.kserve.leader;

import static java.util.stream.Collectors.joining;

import io.modelconnector.kserve.internal.Timing;
import io.modelconnector.kserve.leader.FailedCall.Reason;
import io.modelconnector.kserve.leader.RecordStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One participant of an election: looks at the record, asks its holder, takes the lead when it may, and answers while it has
 * it. Not thread-safe; one thread works on it.
 *
 * <p>Why no two lead: whoever takes a record that another holds has seen the same question in it for the lease duration, and
 * its write fails if that question was answered meanwhile. No two questions are the same. So the question was written
 * before that time began, and each read of the leader since then showed it. Reads that show a question do not extend a
 * lead, and its time ran from before the last one that showed none; it was over after two thirds of the lease duration. A
 * write of the leader of which the answer was lost, or that arrives late, does not extend it either, and where it took
 * effect, the question is gone and nobody can take the record on it. A record that is gone or that nobody can read works
 * like a question: the leader loses the lead when it sees that, and those who knew it wait for as long.
 */
final class Candidate {
    private static final Duration RENEWAL_RETRY = Duration.ofMillis(500);
    /** Somebody has to grant access first; a minute is soon enough. */
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 10;
    private static final int MOST_RELEASES = 3;
    /** A record that claims more was not written by an election. */
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    private final ElectionSettings settings;
    private final Timing timing;
    private final ObjectCalls calls;
    private final Lead lead;
    private final ElectionLog log;
    private final Runnable changed;

    /** The first that can be used, once that is known; until then all that may be. */
    private List<RecordStore> stores;

    private boolean decided;
    private Sighting sighting;
    private @Nullable Stored stored;
    private @Nullable Claim claim;
    private boolean leading;
    private Instant since = Instant.EPOCH;
    private long deadline;
    private long due;
    private int failures;

    Candidate(
            ElectionSettings settings,
            List<RecordStore> stores,
            ObjectCalls calls,
            Lead lead,
            ElectionLog log,
            Runnable changed) {
        this.settings = settings;
        this.timing = settings.timing();
        this.calls = calls;
        this.lead = lead;
        this.log = log;
        this.changed = changed;
        this.stores = stores;
        this.due = timing.nanoTime();
        this.sighting = new Sighting(null, due, Duration.ZERO);
    }

    /**
     * What was seen last.
     *
     * @param record the record; null if there was none
     * @param since when it was seen first, by our own monotonic clock
     * @param respected for how long it has to stay as it is before somebody else may lead, if its holder was asked
     */
    private record Sighting(@Nullable LeaderRecord record, long since, Duration respected) {}

    /**
     * A lead that we took, or tried to: the answer may be lost, and what was sent arrive nevertheless.
     *
     * @param store where
     * @param acquired what tells it from that of a namesake
     */
    private record Claim(RecordStore store, String acquired) {}

    /** Does what is due, and says how long there is nothing else to do. */
    Duration work() {
        long now = timing.nanoTime();
        endLapsed(now);
        if (now - due >= 0) {
            Duration delay = exchange();
            now = timing.nanoTime();
            due = now + delay.toNanos();
        }
        long wait = leading ? Math.min(due - now, deadline - now) : due - now;
        return Duration.ofNanos(Math.max(0, wait));
    }

    /** Gives up the lead, so that others need not wait. To be called last. */
    void release() {
        leading = false;
        lead.drop();
        if (claim == null) {
            return;
        }
        try {
            release(claim.store());
        } catch (FailedCall e) {
            log.notReleased(e);
        }
    }

    private void release(RecordStore store) throws FailedCall {
        Stored last = stored;
        for (int tries = 0; tries < MOST_RELEASES; tries++) {
            Stored ours = last != null && isOurs(last) ? last : store.read();
            if (ours == null || !isOurs(ours)) {
                return;
            }
            try {
                store.replace(ours, ours.record().released(settings.clock().instant()));
                log.released();
                return;
            } catch (FailedCall e) {
                if (e.reason() != Reason.CONFLICT) {
                    throw e;
                }
                last = null;
            }
        }
    }

    /** One exchange with the API server; the result is the time until the next. */
    private Duration exchange() {
        try {
            Duration delay = leading ? renew(stores.get(0)) : campaign();
            failures = 0;
            log.works();
            return delay;
        } catch (FailedCall e) {
            return failed(e);
        } catch (Throwable e) {
            // An error of ours, of the caller's client or of its class path must not end the election in silence.
            String what = "an exchange with the API server failed unexpectedly: "
                    + e.getClass().getName() + "; check the ApiClient";
            return failed(new FailedCall(Reason.REFUSED, what, null, e));
        }
    }

    private Duration campaign() throws FailedCall {
        List<FailedCall> refusals = new ArrayList<>();
        for (RecordStore store : stores) {
            try {
                return campaign(store, refusals);
            } catch (FailedCall e) {
                if (decided || !e.speaksAgainstTheKind()) {
                    throw e;
                }
                refusals.add(e);
            }
        }
        String messages = refusals.stream().map(FailedCall::getMessage).collect(joining("; "));
        throw new FailedCall(Reason.FORBIDDEN, "no leader can be elected: " + messages, null, null);
    }

    private Duration campaign(RecordStore store, List<FailedCall> refusals) throws FailedCall {
        Stored found = see(store.read());
        if (found != null) {
            decide(store, refusals);
        }
        Stored unasked = found != null && mustBeAsked(found) ? found : null;
        Duration patience =
                unasked == null ? sighting.respected() : sighting.respected().dividedBy(2);
        long left = sighting.since() + patience.toNanos() - timing.nanoTime();
        if (left > 0) {
            return untilLook(Duration.ofNanos(left));
        }
        try {
            return unasked == null ? lead(store, found, refusals) : ask(store, unasked);
        } catch (FailedCall e) {
            if (e.reason() != Reason.CONFLICT) {
                throw e;
            }
            log.outrun();
            // It may be our own write of which the answer was lost, and then the time counts from now.
            see(store.read());
            return timing.jitter(settings.retryInterval());
        }
    }

    private boolean mustBeAsked(Stored found) {
        return found.record().isHeld() && !found.record().isAsked() && !isOurs(found);
    }

    private Duration ask(RecordStore store, Stored unasked) throws FailedCall {
        see(store.ask(unasked, settings.identity() + ' ' + UUID.randomUUID()));
        return untilLook(sighting.respected());
    }

    private Duration lead(RecordStore store, @Nullable Stored found, List<FailedCall> refusals) throws FailedCall {
        long sent = timing.nanoTime();
        take(store, found);
        decide(store, refusals);
        hold(sent);
        return untilRenewal(sent);
    }

    private void take(RecordStore store, @Nullable Stored found) throws FailedCall {
        Instant now = settings.clock().instant();
        LeaderRecord record = found == null
                ? LeaderRecord.first(settings.identity(), now, settings.leaseDuration())
                : found.record().taken(settings.identity(), now, settings.leaseDuration());
        claim = new Claim(store, record.acquired());
        wrote(found == null ? store.create(record) : store.replace(found, record));
    }

    private Duration renew(RecordStore store) throws FailedCall {
        long sent = timing.nanoTime();
        Stored found = see(store.read());
        if (found == null || !isOurs(found)) {
            lose(found == null ? "its record was deleted" : "somebody else has it");
            return timing.jitter(settings.retryInterval());
        }
        if (!found.record().isAsItShouldBe(settings.leaseDuration())) {
            sent = timing.nanoTime();
            wrote(store.replace(found, found.record().renewed(settings.clock().instant(), settings.leaseDuration())));
        }
        hold(sent);
        return untilRenewal(sent);
    }

    private void wrote(Stored ours) {
        stored = ours;
        sighting = new Sighting(ours.record(), timing.nanoTime(), Duration.ZERO);
    }

    /** Takes notice of what is stored. */
    private @Nullable Stored see(@Nullable Stored found) {
        LeaderRecord record = found == null ? null : found.record();
        if (!Objects.equals(record, sighting.record())) {
            sighting = new Sighting(record, timing.nanoTime(), respected(found));
        }
        if (found != null && !isOurs(found)) {
            claim = null;
        }
        stored = found;
        return found;
    }

    private Duration respected(@Nullable Stored found) {
        if (found == null) {
            // Somebody deleted it, and whoever leads does not know that yet.
            return sighting.respected();
        }
        if (!found.record().isHeld() || isOurs(found)) {
            return Duration.ZERO;
        }
        Duration claimed = Duration.ofSeconds(found.record().leaseSeconds());
        boolean sane = !claimed.isZero() && !claimed.isNegative() && claimed.compareTo(LONGEST_LEASE) <= 0;
        return sane ? claimed : settings.leaseDuration();
    }

    private boolean isOurs(Stored found) {
        return claim != null
                && found.record().holder().equals(settings.identity())
                && found.record().acquired().equals(claim.acquired());
    }

    private void decide(RecordStore store, List<FailedCall> refusals) {
        if (!decided) {
            decided = true;
            stores = List.of(store);
            log.decided(store, refusals.isEmpty() ? null : refusals.get(0));
        }
    }

    /** The lead is ours, as of a request that was sent then. */
    private void hold(long sent) {
        long now = timing.nanoTime();
        endLapsed(now);
        deadline = sent + settings.renewDeadline().toNanos();
        if (now - deadline >= 0) {
            return;
        }
        boolean gained = !leading;
        if (gained) {
            since = settings.clock().instant();
        }
        leading = lead.hold(since, deadline);
        if (gained && leading) {
            log.gained();
            tell();
        }
    }

    private void endLapsed(long now) {
        if (leading && now - deadline >= 0) {
            lose("it could not be renewed in time");
        }
    }

    private void lose(String why) {
        leading = false;
        lead.drop();
        log.lost(why);
        tell();
    }

    private void tell() {
        if (calls.isStopped()) {
            return;
        }
        try {
            changed.run();
        } catch (Throwable e) {
            // A thread that ended with the listener would renew nothing any more.
            log.listenerFailed(e);
        }
    }

    private Duration failed(FailedCall e) {
        if (calls.isStopped()) {
            return Duration.ZERO;
        }
        if (e.reason() != Reason.CONFLICT) {
            log.failed(e, leading);
        }
        Duration own = timing.jitter(backoff(e.reason()));
        Duration wish = e.retryAfter();
        if (wish == null || wish.compareTo(own) <= 0) {
            return own;
        }
        return shorter(wish, LONGEST_RETRY_AFTER);
    }

    private Duration backoff(Reason reason) {
        Duration first = leading ? RENEWAL_RETRY : settings.retryInterval();
        Duration grown = first.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS));
        Duration most = switch (reason) {
            case ABSENT, FORBIDDEN, REFUSED -> LONGEST_RETRY;
            case CONFLICT, UNAVAILABLE -> settings.leaseDuration();
        };
        return shorter(grown, leading ? settings.renewInterval() : most);
    }

    private Duration untilLook(Duration most) {
        return shorter(timing.jitter(settings.retryInterval()), most);
    }

    private Duration untilRenewal(long sent) {
        return settings.renewInterval().minusNanos(timing.nanoTime() - sent);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
