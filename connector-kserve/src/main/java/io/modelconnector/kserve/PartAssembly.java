package io.modelconnector.kserve;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.kserve.internal.ResourceWatch;
import io.modelconnector.kserve.internal.WatchScope;
import io.modelconnector.kserve.internal.WatchState;
import io.modelconnector.kserve.internal.WatchState.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides whether a part was read, from how its watches are doing, and with which problems. Not thread-safe. */
final class PartAssembly {
    private final WatchScope scope;
    private final WatchState<ServingObject> state;
    private final Duration syncTimeout;
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable ConnectorException failure;

    /**
     * Starts a part.
     *
     * @param watch the serving objects of the part
     * @param syncTimeout how long a first list may take, for messages
     */
    PartAssembly(ResourceWatch<ServingObject> watch, Duration syncTimeout) {
        this.scope = watch.scope();
        this.state = watch.state();
        this.syncTimeout = syncTimeout;
        switch (state.phase()) {
            case STARTING -> failure = silence(scope);
            case FORBIDDEN, REFUSED, FAILED -> failure = state.failure();
            case SYNCED -> {
                if (state.failure() != null) {
                    problem(scope, state.failure(), "until then it is listed once a minute");
                }
            }
            case ABSENT -> {}
        }
        problems.addAll(state.problems());
    }

    /** Goes on without the objects if they were forbidden from the start; those known before must not be lost. */
    PartAssembly dispensable(String consequence) {
        if (state.phase() == Phase.FORBIDDEN && !state.listed() && failure != null) {
            problem(scope, failure, consequence);
            failure = null;
        }
        return this;
    }

    /** Takes what the facts depend on: what was never there and may come is waited for, all else is a problem. */
    PartAssembly needs(ResourceWatch<?> watch, WatchState<?> dependency, String consequence) {
        if (state.phase() == Phase.ABSENT || failure != null) {
            return this;
        }
        problems.addAll(dependency.problems());
        ConnectorException why = dependency.phase() == Phase.STARTING ? silence(watch.scope()) : dependency.failure();
        if (why == null) {
            return this;
        }
        if (dependency.listed()) {
            problem(watch.scope(), why, "until then what is known stays");
        } else if (dependency.phase() == Phase.FORBIDDEN) {
            problem(watch.scope(), why, consequence);
        } else {
            failure = why;
        }
        return this;
    }

    /** The part, failed or complete. */
    SourcePart build(Function<ServingObject, ServedModel> fact) {
        String name = scope.namespace() == null
                ? scope.resource().plural()
                : scope.resource().plural() + '/' + scope.namespace();
        if (failure != null) {
            return SourcePart.failed(name, failure);
        }
        List<ServedModel> facts = state.objects().stream().map(fact).toList();
        return SourcePart.complete(name, List.of(), facts, problems);
    }

    private void problem(WatchScope about, ConnectorException why, String consequence) {
        problems.add(new Problem(about.resource().qualifiedName(), why.getMessage() + "; " + consequence));
    }

    private ConnectorException silence(WatchScope about) {
        return new SourceUnavailableException("listing " + about.describe() + " has not been answered within "
                + syncTimeout.toMillis() + " ms; it goes on, check the API server");
    }
}
