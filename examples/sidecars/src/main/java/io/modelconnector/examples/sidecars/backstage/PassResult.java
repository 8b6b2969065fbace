package io.modelconnector.examples.sidecars.backstage;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one pass came to.
 *
 * @param registered the import keys of the entries that Backstage has a location of
 * @param missing how many entries it has none of
 * @param leftover the locations that it should not have any more, by id
 * @param failure what kept it from getting further; null if nothing did
 */
record PassResult(
        Set<String> registered,
        int missing,
        Set<String> leftover,
        @Nullable PushFailure failure) {
    static final PassResult NONE = new PassResult(Set.of(), 0, Set.of(), null);
}
