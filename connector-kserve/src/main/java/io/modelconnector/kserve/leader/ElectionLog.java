package io.modelconnector.kserve.leader;

import io.modelconnector.kserve.leader.FailedCall.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what happens in an election, each fault once. Written by one thread; {@link #failure()} may be asked by all. */
final class ElectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    private final String election;
    private final String identity;
    private volatile @Nullable String failure;
    private @Nullable Reason lasting;

    /**
     * Creates it.
     *
     * @param election what is led, for messages
     * @param identity who we are
     */
    ElectionLog(String election, String identity) {
        this.election = election;
        this.identity = identity;
    }

    /** Why the election does not work at the moment. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void decided(RecordStore store, @Nullable FailedCall against) {
        if (against == null) {
            LOG.info("The leader of {} is elected by {}", election, store.describe());
        } else {
            LOG.info(
                    "The leader of {} is elected by an annotation of {}, since {}",
                    election,
                    store.describe(),
                    against.getMessage());
        }
    }

    void gained() {
        LOG.info("{} leads {} from now on", identity, election);
    }

    void lost(String why) {
        LOG.info("{} leads {} no more: {}", identity, election, why);
    }

    void released() {
        LOG.info("{} gave up the lead of {}", identity, election);
    }

    void notReleased(FailedCall e) {
        LOG.info("{} does not lead {} any more, but could not say so: {}", identity, election, e.getMessage());
    }

    void outrun() {
        LOG.debug("Somebody was faster than {} to write to the record of {}", identity, election);
    }

    void listenerFailed(Throwable e) {
        LOG.warn("The listener of the election of {} failed", election, e);
    }

    /** The reason is what makes a fault another one; its words may differ each time. */
    void failed(FailedCall e, boolean leading) {
        failure = e.getMessage();
        if (e.reason() == lasting) {
            LOG.debug("The election of {} still does not work: {}", election, e.getMessage());
            return;
        }
        lasting = e.reason();
        LOG.warn(
                "The election of {} does not work, {}: {}",
                election,
                leading ? "and the lead ends unless it can be renewed soon" : "so that this process does not lead",
                e.getMessage());
        LOG.debug("What led to it", e);
    }

    void works() {
        if (lasting != null) {
            LOG.info("The election of {} works again", election);
        }
        lasting = null;
        failure = null;
    }
}
