package io.modelconnector.kserve.backstage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was right, since a portal shows one token hundreds of times. Only digests of them are kept, no
 * tokens. Thread-safe.
 */
final class VerifiedTokens {
    /** A portal makes a token for each refresh; those of an hour are more than are shown again. */
    private static final int MOST = 256;

    private final Cache<ByteBuffer, Verified> verified =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /**
     * A token whose signature was right.
     *
     * @param token what it says
     * @param key the key that it was right for, which may be gone by now
     */
    record Verified(BackstageToken token, PluginKey key) {}

    static ByteBuffer digest(String token) {
        return ByteBuffer.wrap(BackstageToken.sha256(token));
    }

    @Nullable
    Verified get(ByteBuffer digest) {
        return verified.getIfPresent(digest);
    }

    void put(ByteBuffer digest, Verified token) {
        verified.put(digest, token);
    }
}
