package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One read of a source: all registries side by side, then the cards that they name, then the facts. What does not end in
 * time is given up before the whole read is, so that a registry that hangs costs only itself.
 */
final class ReadRound {
    private static final double REGISTRIES_SHARE = 0.8;
    private static final double CARDS_SHARE = 0.95;

    private final RegistryFleet fleet;
    private final CardIndex cards;
    private final ExecutorService threads;
    private final ReadContext context;
    private final long started;

    /** Prepares a read that began at some {@link System#nanoTime()}, from which its time limit counts. */
    ReadRound(RegistryFleet fleet, CardIndex cards, ExecutorService threads, ReadContext context, long started) {
        this.fleet = fleet;
        this.cards = cards;
        this.threads = threads;
        this.context = context;
        this.started = started;
    }

    SourceSnapshot read() throws InterruptedException {
        List<RegistryMember> members = fleet.members();
        List<@Nullable ConnectorException> failures = readRegistries(members);
        readCards(members, failures);
        List<SourcePart> parts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            RegistryMember member = members.get(i);
            ConnectorException failure = failures.get(i);
            parts.add(
                    failure != null
                            ? SourcePart.failed(member.name(), failure)
                            : member.reader().part(cards, fleet.problems()));
        }
        return new SourceSnapshot(parts);
    }

    private List<@Nullable ConnectorException> readRegistries(List<RegistryMember> members)
            throws InterruptedException {
        List<Callable<Boolean>> reads = new ArrayList<>();
        for (RegistryMember member : members) {
            RegistryReader reader = member.reader();
            reads.add(() -> {
                reader.read(member.client(), context.fresh());
                return true;
            });
        }
        List<@Nullable ConnectorException> failures = new ArrayList<>();
        int next = 0;
        for (Future<Boolean> read : invokeAll(reads, REGISTRIES_SHARE)) {
            failures.add(failure("registry \"" + members.get(next++).name() + '"', read));
        }
        return failures;
    }

    private void readCards(List<RegistryMember> members, List<@Nullable ConnectorException> failures)
            throws InterruptedException {
        Set<ModelCardReference> named = new HashSet<>();
        Set<ModelCardReference> readmes = new HashSet<>();
        List<CardNeeds.OfVersion> versions = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            RegistryReader reader = members.get(i).reader();
            CardNeeds needs = reader.cardNeeds();
            named.addAll(needs.named());
            readmes.addAll(needs.readmes());
            versions.addAll(needs.versions());
            if (failures.get(i) == null) {
                cards.checkAgain(reader.drainCardsToCheck());
            }
        }
        String trouble = fleet.catalogTrouble();
        ModelCatalogClient catalog = fleet.catalog();
        Callable<Boolean> refresh = () -> {
            cards.refresh(catalog, trouble, new CardNeeds(named, readmes, versions));
            return true;
        };
        for (Future<Boolean> done : invokeAll(List.of(refresh), CARDS_SHARE)) {
            ConnectorException failure = failure("what there is of model cards", done);
            if (failure != null) {
                cards.unavailable(String.valueOf(failure.getMessage()));
            }
        }
    }

    private List<Future<Boolean>> invokeAll(List<Callable<Boolean>> tasks, double share) throws InterruptedException {
        long deadline = (long) (context.timeLimit().toNanos() * share);
        long left = Math.max(0, deadline - (System.nanoTime() - started));
        try {
            return threads.invokeAll(tasks, left, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new SourceUnavailableException("the source is closed", e);
        }
    }

    private @Nullable ConnectorException failure(String what, Future<Boolean> done) throws InterruptedException {
        try {
            done.get();
            return null;
        } catch (CancellationException e) {
            Duration limit = context.timeLimit();
            return new SourceUnavailableException(
                    what + " was not read to its end in the time that a read may take (" + limit
                            + " in all); what was read so far is kept, and the next read goes on from there",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectorException failure) {
                return failure;
            }
            if (e.getCause() instanceof InterruptedException) {
                return new SourceUnavailableException(what + " was given up because its source was closed", e);
            }
            if (e.getCause() instanceof OutOfMemoryError) {
                return new SourceUnavailableException(
                        what + " was given up for lack of memory; lower maxResponseBytes or give the process more", e);
            }
            return new MalformedResponseException(what + " could not be read: " + e.getCause(), e);
        }
    }
}
