package io.modelconnector.core.endpoint.auth;

import io.modelconnector.core.endpoint.FeedRequest;
import java.util.function.Supplier;

/**
 * Decides whether a request may be answered. A host may bring its own; ready here are {@link #fixedToken a fixed token} and
 * {@link #loopbackOnly the loopback interface}, and {@code BackstageTokenAuthenticator} in {@code connector-kserve} verifies
 * the tokens of a Backstage's plugins.
 *
 * <p>Called by many threads at once, so it has to be thread-safe. It should not throw; whoever calls it by a
 * {@link RequestGuard} gets a refusal also then.
 */
@FunctionalInterface
public interface RequestAuthenticator {
    /**
     * Decides about one request. May wait, for instance for keys that are fetched, but not without a limit.
     *
     * @param request what was asked; its body is not needed
     * @param audience whom the request has to be meant for, where the credentials say that: the plugin id by which a portal
     *     knows this server
     * @return who asks, or why nothing is answered
     */
    AuthenticationResult authenticate(FeedRequest request, String audience);

    /**
     * Whether {@link #authenticate} would answer this request without waiting, so that a host may ask it on a thread that must
     * not wait. Costs next to nothing. Never, if an implementation does not say so.
     *
     * @param request what was asked
     */
    default boolean answersAtOnce(FeedRequest request) {
        return false;
    }

    /**
     * Lets requests through that carry one token, as {@code Authorization: Bearer <token>}. While the token cannot be read,
     * requests are refused with 503.
     *
     * @param token gives the token, asked for each request since it may change; has to answer at once or nearly so, from a
     *     variable or a file, and may throw a {@link io.modelconnector.core.ConnectorException} that says why it cannot
     */
    static RequestAuthenticator fixedToken(Supplier<String> token) {
        return new FixedToken(token);
    }

    /**
     * Lets requests through from the same machine only. The address at the other end of the connection has to be a loopback
     * one, and the {@code Host} asked for as well: a web site whose name suddenly leads to this machine does not get in. A
     * request that a proxy has handed on is refused, since it came from somewhere else. Everybody who is on the machine may
     * ask, users and containers that share its network alike: for development.
     *
     * @param remedy what to set so that others may ask, for the client: {@code set BKSTG_URL or CONNECTOR_TOKEN}
     */
    static RequestAuthenticator loopbackOnly(String remedy) {
        return new LoopbackOnly(remedy);
    }
}
