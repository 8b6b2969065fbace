package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConnectorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Does checks side by side, within a time limit, and tells what they found in the order in which they are listed. */
final class Examiner implements AutoCloseable {
    private final Duration limit;
    private final Consumer<Finding> report;
    private final ExecutorService threads;

    /**
     * Makes an examiner; its threads start with the first checks.
     *
     * @param limit how long a check may take
     * @param report takes what is found, on the calling thread
     */
    Examiner(Duration limit, Consumer<Finding> report) {
        this.limit = limit;
        this.report = report;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "doctor-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does some checks that do not depend on each other. */
    void examine(List<Check> checks) throws InterruptedException {
        List<Future<List<Finding>>> done = threads.invokeAll(
                checks.stream()
                        .<Callable<List<Finding>>>map(check -> check::look)
                        .toList(),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        for (int i = 0; i < checks.size(); i++) {
            findings(checks.get(i), done.get(i)).forEach(report);
        }
    }

    private List<Finding> findings(Check check, Future<List<Finding>> done) throws InterruptedException {
        try {
            return done.get();
        } catch (CancellationException e) {
            return List.of(Finding.fail(
                    check.name(),
                    "did not come to an end within " + limit.toSeconds() + " s",
                    "see what is slow between here and there, and try again"));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof ConnectorException known) {
                return List.of(Finding.fail(check.name(), String.valueOf(known.getMessage()), "correct that"));
            }
            // One check that is wrong must not keep the others from being told. Its message may hold anything.
            return List.of(Finding.fail(
                    check.name(),
                    "could not be checked: " + cause.getClass().getName(),
                    "report this as a fault of the program"));
        }
    }

    /** Ends the threads; a check that hangs does not keep the program from ending. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
