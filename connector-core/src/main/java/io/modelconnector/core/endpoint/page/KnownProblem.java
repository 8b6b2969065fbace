package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.source.Problem;

/**
 * A problem, and who tells of it.
 *
 * @param teller a source and its part, the store, or the feed
 */
record KnownProblem(String teller, Problem problem) {
    boolean matches(SearchWords words) {
        return words.isEmpty()
                || words.match(word -> SearchWords.in(problem.item(), word)
                        || SearchWords.in(problem.message(), word)
                        || SearchWords.in(teller, word));
    }
}
