package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/** Tells each problem once, when it appears; health has them all for as long as they last. */
final class ProblemLog {
    /** More new problems than this at once are counted, not told. */
    private static final int TOLD = 20;

    private ProblemLog() {}

    static void changed(Logger log, List<Problem> before, List<Problem> after) {
        Set<Problem> known = new HashSet<>(before);
        List<Problem> fresh =
                after.stream().filter(problem -> !known.contains(problem)).toList();
        fresh.stream().limit(TOLD).forEach(problem -> log.warn("{}: {}", problem.item(), problem.message()));
        if (fresh.size() > TOLD) {
            log.warn("and {} more new problems, see health", fresh.size() - TOLD);
        }
    }
}
