package io.modelconnector.kserve.testing;

import java.util.List;

/** Looks for threads that somebody left behind. */
public final class Threads {
    private Threads() {}

    /** The threads of this library that run now. */
    public static List<String> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("modelconnector-"))
                .sorted()
                .toList();
    }

    /** Fails if there are any ten seconds from now. */
    public static void assertNoneLeft() {
        Eventually.await().until(Threads::ours, List::isEmpty);
    }
}
