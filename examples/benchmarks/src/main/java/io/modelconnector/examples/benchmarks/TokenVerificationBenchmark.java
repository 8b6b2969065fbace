package io.modelconnector.examples.benchmarks;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult;
import io.modelconnector.kserve.backstage.BackstageTokenAuthenticator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to verify a token of a Backstage whose key is known. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenVerificationBenchmark {
    /** So many that nearly none is remembered until it comes again. */
    private static final int TOKENS = 8192;

    private final FeedRequest[] requests = new FeedRequest[TOKENS];
    private SignedTokens tokens = new SignedTokens();
    private BackstageTokenAuthenticator authenticator =
            BackstageTokenAuthenticator.builder(tokens.backstage()).build();
    private FeedRequest known = request(tokens.token(0));
    private FeedRequest forged = known;
    private int next;

    /** Signs the tokens, and has the key read. */
    @Setup(Level.Trial)
    public void sign() {
        for (int i = 0; i < TOKENS; i++) {
            requests[i] = request(tokens.token(i));
        }
        String first = tokens.token(TOKENS);
        String second = tokens.token(TOKENS + 1);
        known = request(first);
        forged = request(first.substring(0, first.lastIndexOf('.')) + second.substring(second.lastIndexOf('.')));
        AuthenticationResult unused = knownToken();
    }

    /** Closes what was opened. */
    @TearDown(Level.Trial)
    public void close() {
        authenticator.close();
        tokens.close();
    }

    /** A token that comes for the first time. */
    @Benchmark
    public AuthenticationResult newToken() {
        next = (next + 1) % TOKENS;
        return ask(requests[next]);
    }

    /** A token that was good before: all requests of a refresh carry the same. */
    @Benchmark
    public AuthenticationResult knownToken() {
        return ask(known);
    }

    /** A token with the signature of another one. */
    @Benchmark
    public AuthenticationResult forgedToken() {
        return ask(forged);
    }

    private AuthenticationResult ask(FeedRequest request) {
        return authenticator.authenticate(request, SignedTokens.AUDIENCE);
    }

    private static FeedRequest request(String token) {
        String header = "Bearer " + token;
        return new FeedRequest("GET", "/list", null, name -> name.equals("Authorization") ? header : null);
    }
}
