package io.modelconnector.kserve.leader;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.kserve.internal.ClusterApi;
import io.modelconnector.kserve.internal.SettingChecks;
import io.modelconnector.kserve.internal.Timing;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that among the processes that give the same namespace and name one leads, and never two.
 *
 * <pre>{@code
 * try (LeaderElection election = LeaderElection.builder(apiClient, "ai-rhdh", "model-connector").build()) {
 *     election.start();
 *     ...
 *     if (election.leadingSince().isPresent()) {
 *         writeWhatOnlyOneMayWrite();
 *     }
 * }
 * }</pre>
 *
 * <p>Who leads is recorded in a Lease ({@code coordination.k8s.io/v1}) of that name. The leader reads it once per renew
 * interval, and writes nothing while it is its own and nobody asks. One of the others that has seen it unchanged for half of
 * the lease duration asks whether the leader is still there, in the annotation {@code modelconnector.io/asked}; the leader
 * answers when it reads that, by renewing the record without the question. When a question has stayed unanswered for the
 * lease duration since it was asked, or first seen, one of them takes over. They measure that by their own monotonic
 * clocks: what time it is elsewhere does not matter.
 *
 * <p>The leader stops to lead two thirds of the lease duration after it sent the last read that showed no question, or the
 * last answer, whether or not its thread is alive to notice. An unanswered question was written after that read, so that
 * nobody takes over before the whole lease duration has passed since then. A leader that can read but not write loses the
 * lead when it was asked. A process that is suspended together with its monotonic clock, as when its virtual machine is,
 * cannot notice. Leave the Lease alone while leaders run: one that starts when it was deleted leads at once, and the other
 * notices at its next read.
 *
 * <p>After a leader died, the next one leads within the retry interval and one and a half times the lease duration, 27.5
 * seconds with the default settings: when the leader answered just before, they see that up to 5 seconds later, ask after
 * 7.5, and take over after 15 more. After one was closed, it takes 5 seconds at most, until their next look.
 *
 * <p>The record's {@code renewTime} is when the leader took the lead or last answered, which is long ago where it has no
 * competitor. Other programs that elect leaders by Leases would take such a one for abandoned; give them another name.
 *
 * <p>The account needs get, create and update on {@code leases.coordination.k8s.io} in the namespace. If it may not read
 * or not create Leases, or they are not served, an annotation of a ConfigMap of that name does the same, with the same
 * rights on {@code configmaps}; everything else in that ConfigMap stays as it is. Which of the two is used is found out at
 * the first successful exchange, told in the log, and then stays. Processes that use one ServiceAccount have the same
 * rights, so that all come to the same result; where these rights change, stop all processes before any is started again.
 * Nobody leads where neither can be used, which {@link #failure()} tells; it is tried again, once a minute in the end.
 *
 * <p>While the API server cannot be reached, the leader leads on until its time is over, and the others wait.
 *
 * <p>What requests it makes: the leader reads once per renew interval, and each of the others once or twice per retry
 * interval. A leader alone writes once, when it takes the lead. With others there is one question and one answer every 7.5
 * to 17.5 seconds with the default settings, in all and however many they are.
 *
 * <p>Thread-safe. {@link #start()} starts a daemon thread, which {@link #close()} ends. The given client lends its base URL,
 * TLS and authentication; it is neither changed nor closed, and a cache of its HTTP client is not used.
 */
public final class LeaderElection implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final String name;
    private final ElectionSettings settings;
    private final ObjectCalls calls;
    private final Lead lead;
    private final ElectionLog log;
    private final Candidate candidate;
    private final Semaphore wake = new Semaphore(0);
    private volatile Runnable changed = () -> {};
    private volatile boolean closed;
    private @Nullable Thread thread;

    private LeaderElection(Builder builder) {
        this.name = builder.name;
        this.settings = builder.settings();
        this.calls = new ObjectCalls(builder.client, settings.callTimeout());
        this.lead = new Lead(settings.timing());
        this.log = new ElectionLog(builder.namespace + '/' + name, settings.identity());
        List<RecordStore> stores = List.of(
                new RecordStore(calls, new LeasePlace(), builder.namespace, name),
                new RecordStore(calls, new ConfigMapPlace(), builder.namespace, name));
        this.candidate = new Candidate(settings, stores, calls, lead, log, () -> changed.run());
    }

    /**
     * Starts to build an election.
     *
     * @param client a client of the cluster; borrowed
     * @param namespace the namespace of the Lease or ConfigMap
     * @param name its name, which is that of the election
     * @throws ConfigurationException if the client's base path is no URL, or a name cannot be one
     */
    public static Builder builder(ApiClient client, String namespace, String name) {
        return new Builder(client, namespace, name);
    }

    /** What this process is called in the record. */
    public String identity() {
        return settings.identity();
    }

    /**
     * Takes a callback to call whenever {@link #leadingSince()} changed: the lead was won, or lost other than by
     * {@link #close()}. It is called from the thread that renews the lead, and returns at once. A loss that this thread is
     * late to notice is announced late; {@link #leadingSince()} is not late.
     */
    public void onChange(Runnable listener) {
        changed = requireNonNull(listener, "listener");
    }

    /** Takes part from now on. Returns at once. Does nothing the second time, or after {@link #close()}. */
    public synchronized void start() {
        if (thread != null || closed) {
            return;
        }
        Thread started = new Thread(this::run, "modelconnector-leader-" + name);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /**
     * Since when this process leads, by the system's clock; empty if it does not, or is not sure any more. Reads two
     * fields and the clock: ask before each thing that only the leader may do.
     */
    public Optional<Instant> leadingSince() {
        return lead.since();
    }

    /** Why there is no election at the moment: no access, no answer. For health checks; empty if all is well. */
    public Optional<String> failure() {
        return log.failure();
    }

    /**
     * Gives up the lead, if this process has it, so that another can take it at once, and ends the thread. Takes as long
     * as the API server takes to answer, and seconds at most. Idempotent.
     */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            if (!closed) {
                lead.close();
                calls.stop();
                closed = true;
                wake.release();
            }
            running = thread;
        }
        if (running != null && running != Thread.currentThread()) {
            join(running);
        }
    }

    private void join(Thread running) {
        try {
            running.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (running.isAlive()) {
            calls.stop();
            running.interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                Duration delay = candidate.work();
                if (!delay.isZero()) {
                    settings.timing().pause(name, delay, wake);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            calls.resume();
            candidate.release();
            calls.close();
        }
    }

    /** Settings of an election. Not thread-safe. */
    public static final class Builder {
        private static final Pattern NAME =
                Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
        private static final int LONGEST_NAME = 253;
        private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
        private static final Duration LONGEST_LEASE = Duration.ofHours(1);

        private final ApiClient client;
        private final String namespace;
        private final String name;
        private @Nullable String identity;
        private Duration leaseDuration = Duration.ofSeconds(15);
        private @Nullable Duration renewInterval;
        private @Nullable Duration retryInterval;
        private @Nullable Duration callTimeout;
        private Timing timing = Timing.system();
        private InstantSource clock = InstantSource.system();

        private Builder(ApiClient client, String namespace, String name) {
            this.client = ClusterApi.checked(client);
            this.namespace = SettingChecks.namespace("namespace", namespace);
            if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
                throw new ConfigurationException("name was \"" + name
                        + "\", must be the name of a Lease: lower-case letters, digits, \"-\" and \".\", at most "
                        + LONGEST_NAME);
            }
            this.name = name;
        }

        /**
         * What this process is called in the record; by default the host's name, which is that of the pod, with a random
         * suffix. A process does not take the record of a namesake for its own.
         *
         * @throws ConfigurationException if it is blank, longer than 253 characters or has control characters
         */
        public Builder identity(String identity) {
            if (identity.isBlank()
                    || identity.length() > LONGEST_NAME
                    || identity.chars().anyMatch(Character::isISOControl)) {
                throw new ConfigurationException("identity was \"" + identity + "\", must be a text of at most "
                        + LONGEST_NAME + " characters without control characters");
            }
            this.identity = identity;
            return this;
        }

        /**
         * For how long the others respect a leader that does not answer; 15 seconds by default. They ask after half of it,
         * and the leader gives up after two thirds. It is in the record, so that the others need not be told.
         *
         * @throws ConfigurationException if it is not between a second and an hour
         */
        public Builder leaseDuration(Duration leaseDuration) {
            if (leaseDuration.compareTo(SHORTEST_LEASE) < 0 || leaseDuration.compareTo(LONGEST_LEASE) > 0) {
                throw new ConfigurationException("leaseDuration was " + leaseDuration + ", must be between "
                        + SHORTEST_LEASE + " and " + LONGEST_LEASE);
            }
            this.leaseDuration = leaseDuration;
            return this;
        }

        /**
         * How often the leader looks whether its record is as it was and whether somebody asked; a third of the lease
         * duration by default, and at most half of it, so that what fails can be tried again in time.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder renewInterval(Duration renewInterval) {
            this.renewInterval = SettingChecks.positive("renewInterval", renewInterval);
            return this;
        }

        /**
         * How often the others look whether there is a leader; a third of the lease duration by default. They wait
         * between half of this and all of it.
         *
         * @throws ConfigurationException if it is not positive, or more than an hour
         */
        public Builder retryInterval(Duration retryInterval) {
            if (SettingChecks.positive("retryInterval", retryInterval).compareTo(LONGEST_LEASE) > 0) {
                throw new ConfigurationException(
                        "retryInterval was " + retryInterval + ", must be at most " + LONGEST_LEASE);
            }
            this.retryInterval = retryInterval;
            return this;
        }

        /** How long a request may take. */
        Builder callTimeout(Duration callTimeout) {
            this.callTimeout = callTimeout;
            return this;
        }

        Builder timing(Timing timing) {
            this.timing = timing;
            return this;
        }

        Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Makes the election. Nothing is started before {@link LeaderElection#start()}.
         *
         * @throws ConfigurationException if the renew interval is longer than half of the lease duration
         */
        public LeaderElection build() {
            return new LeaderElection(this);
        }

        private ElectionSettings settings() {
            Duration third = leaseDuration.dividedBy(3);
            Duration renew = renewInterval == null ? third : renewInterval;
            Duration retry = retryInterval == null ? third : retryInterval;
            if (renew.compareTo(leaseDuration.dividedBy(2)) > 0) {
                throw new ConfigurationException("renewInterval was " + renew
                        + ", must be at most half of leaseDuration, which is " + leaseDuration);
            }
            String called = identity == null ? hostName() + '_' + UUID.randomUUID() : identity;
            Duration call = callTimeout == null ? ElectionSettings.callTimeout(leaseDuration, renew) : callTimeout;
            return new ElectionSettings(called, leaseDuration, renew, retry, call, timing, clock);
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                // The suffix is what makes an identity; the name only helps to find the pod.
                return "unknown-host";
            }
        }
    }
}
