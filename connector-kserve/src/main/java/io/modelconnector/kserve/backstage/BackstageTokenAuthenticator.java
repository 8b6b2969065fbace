package io.modelconnector.kserve.backstage;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import io.modelconnector.core.endpoint.auth.BearerCredentials;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import io.modelconnector.kserve.backstage.VerifiedTokens.Verified;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Lets the plugins of a Backstage ask, by the tokens that they sign: JWTs of the type {@code vnd.backstage.plugin}, signed
 * with ES256, whose subject is the plugin and whose audience is this server's plugin id. A token that is no good is refused
 * with 401, one for another audience with 403; while the keys of a plugin cannot be read, its tokens are refused with 503.
 *
 * <p>Keys are read from {@code <Backstage>/api/<plugin>/.backstage/auth/v1/jwks.json}, of the plugins on a list and from
 * nowhere else: neither a key nor an address in a token is used. The keys of a plugin are kept. They are read again when a
 * token names one that is not known, at most once in 30 seconds whatever is asked, and every ten minutes while they are in
 * use. A key that Backstage has taken back is good for another ten minutes then, and for an hour at most while Backstage
 * does not answer.
 *
 * <p>{@link #authenticate} waits only where it has to read keys first, for the key timeout at most. A token that was good
 * before is looked up without waiting, as long as its key is known and it has not expired.
 *
 * <p>Nothing is read before the first token comes. Thread-safe. Closing gives up reads under way; a client that was given
 * stays open.
 */
public final class BackstageTokenAuthenticator implements RequestAuthenticator, AutoCloseable {
    /** What a plugin id looks like. */
    static final Pattern PLUGIN_ID = Pattern.compile("[a-z0-9_-]+");

    /** A token of Backstage has about 320 characters. */
    static final int LONGEST_TOKEN = 8 * 1024;

    /** A token of Backstage lives for an hour; one that lives for long is not by Backstage. */
    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(1).toSeconds();

    private static final Duration MOST_SKEW = Duration.ofMinutes(10);
    private static final int MOST_SUBJECTS = 100;
    /** What a thread waits for longer than a request may take, which then has ended by itself. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final KeyReader reader;
    private final Map<String, PluginKeys> keys = new TreeMap<>();
    private final VerifiedTokens verified = new VerifiedTokens();
    private final long skewSeconds;
    private final Clock clock;

    private BackstageTokenAuthenticator(Builder builder) {
        this.reader = new KeyReader(builder.backstage, builder.http, builder.keyTimeout);
        this.skewSeconds = builder.clockSkew.toSeconds();
        this.clock = builder.clock;
        Duration patience = builder.keyTimeout.plus(GRACE);
        builder.subjects.forEach(
                subject -> keys.put(subject, new PluginKeys(subject, reader, patience, builder.nanoTime)));
    }

    /**
     * Starts from the defaults.
     *
     * @param backstage the base address of the Backstage's backend, with a path if it has one. Whoever can answer in its place
     *     can say which keys are good, so it has to be https unless the network in between is trusted
     */
    public static Builder builder(URI backstage) {
        return new Builder(backstage);
    }

    @Override
    public AuthenticationResult authenticate(FeedRequest request, String audience) {
        requireNonNull(audience, "audience");
        String token = BearerCredentials.of(request);
        if (token == null || token.isEmpty()) {
            return Refused.withoutToken(
                    "this needs a token of a Backstage plugin, as a header \"Authorization: Bearer <token>\"");
        }
        try {
            return authenticate(token, audience);
        } catch (BadTokenException e) {
            return e.refused();
        }
    }

    /** Whether the request carries no token, or one that was good before. */
    @Override
    public boolean answersAtOnce(FeedRequest request) {
        String token = BearerCredentials.of(request);
        return token == null || token.length() > LONGEST_TOKEN || known(VerifiedTokens.digest(token)) != null;
    }

    @Override
    public void close() {
        reader.close();
    }

    private AuthenticationResult authenticate(String token, String audience) throws BadTokenException {
        if (token.length() > LONGEST_TOKEN) {
            throw BadTokenException.failing("the token is longer than " + LONGEST_TOKEN + " characters");
        }
        ByteBuffer digest = VerifiedTokens.digest(token);
        BackstageToken good = known(digest);
        if (good == null) {
            good = verified(token, digest);
        } else {
            requireNow(good);
        }
        if (!good.audience().contains(audience)) {
            String check = "the token is for another audience";
            return Refused.forbidden(check, check + " than \"" + audience + "\"")
                    .because("subject " + good.subject());
        }
        return new Allowed(good.subject());
    }

    /** A token that was good before, if its key still is. */
    private @Nullable BackstageToken known(ByteBuffer digest) {
        Verified before = verified.get(digest);
        if (before == null) {
            return null;
        }
        PluginKeys plugin = keys.get(before.token().subject());
        boolean current = plugin != null && plugin.atHand(before.token().keyId()) == before.key();
        return current ? before.token() : null;
    }

    private BackstageToken verified(String token, ByteBuffer digest) throws BadTokenException {
        BackstageToken claimed = BackstageToken.read(token, keys.keySet());
        requireNow(claimed);
        byte[] signature = BackstageToken.signature(token);
        PluginKey key = requireNonNull(keys.get(claimed.subject())).find(claimed.keyId());
        if (!key.verifies(BackstageToken.signedDigest(token), signature)) {
            throw failing("the token's signature is wrong", claimed);
        }
        verified.put(digest, new Verified(claimed, key));
        return claimed;
    }

    private void requireNow(BackstageToken token) throws BadTokenException {
        long now = clock.instant().getEpochSecond();
        if (token.expires() <= now - skewSeconds) {
            throw failing("the token has expired", token);
        }
        if (token.expires() > now + LONGEST_LIFE_SECONDS + skewSeconds) {
            throw failing("the token lives for too long", token);
        }
        if (token.begins() > now + skewSeconds) {
            throw failing("the token is from the future; the clocks may differ", token);
        }
    }

    private static BadTokenException failing(String check, BackstageToken token) {
        return new BadTokenException(Refused.badToken(check).because("subject " + token.subject()));
    }

    /** Settings of an authenticator. Not thread-safe. */
    public static final class Builder {
        private final URI backstage;
        private Set<String> subjects = Set.of("catalog", "techdocs", "scaffolder", "search");
        private Duration clockSkew = Duration.ofSeconds(60);
        private Duration keyTimeout = Duration.ofSeconds(5);
        private @Nullable OkHttpClient http;
        private Clock clock = Clock.systemUTC();
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(URI backstage) {
            this.backstage = requireNonNull(backstage, "backstage");
        }

        /**
         * The plugins of the Backstage that may ask; {@code catalog}, {@code techdocs}, {@code scaffolder} and {@code search} by
         * default. It is {@code catalog} that polls, but which plugin signs when documentation is read depends on the order in
         * which Backstage starts them.
         *
         * @param subjects the plugin ids: lower-case letters, digits, {@code -} and {@code _}
         * @throws ConfigurationException if there is none, or one that cannot be a plugin id
         */
        public Builder subjects(Set<String> subjects) {
            if (subjects.isEmpty() || subjects.size() > MOST_SUBJECTS) {
                throw new ConfigurationException(
                        "subjects were " + subjects.size() + ", must be 1 to " + MOST_SUBJECTS + " plugin ids");
            }
            for (String subject : subjects) {
                if (!PLUGIN_ID.matcher(subject).matches()) {
                    throw new ConfigurationException("subjects had \"" + subject
                            + "\", must be plugin ids: lower-case letters, digits, \"-\" and \"_\"");
                }
            }
            this.subjects = Set.copyOf(new TreeSet<>(subjects));
            return this;
        }

        /**
         * How far the clocks may differ; 60 seconds by default, 10 minutes at most.
         *
         * @throws ConfigurationException if it is negative or more
         */
        public Builder clockSkew(Duration clockSkew) {
            if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
                throw new ConfigurationException("clockSkew was " + clockSkew + ", must be PT0S to " + MOST_SKEW);
            }
            this.clockSkew = clockSkew;
            return this;
        }

        /**
         * How long one request for keys may take, from connecting to the last byte; 5 seconds by default, a minute at most.
         *
         * @throws ConfigurationException if it is not positive or more
         */
        public Builder keyTimeout(Duration keyTimeout) {
            if (keyTimeout.isZero() || keyTimeout.isNegative() || keyTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new ConfigurationException(
                        "keyTimeout was " + keyTimeout + ", must be more than PT0S up to PT1M");
            }
            this.keyTimeout = keyTimeout;
            return this;
        }

        /**
         * Whose connections, proxy and trust to use, for a private CA for instance; by default what the JVM trusts. Borrowed, never
         * closed. Its interceptors stay; redirects are not followed, whatever it says of them.
         */
        public Builder httpClient(OkHttpClient client) {
            this.http = requireNonNull(client, "client");
            return this;
        }

        Builder time(Clock wall, LongSupplier differences) {
            this.clock = wall;
            this.nanoTime = differences;
            return this;
        }

        /**
         * Makes the authenticator; nothing is read yet.
         *
         * @throws ConfigurationException if the address of the Backstage cannot be used
         */
        public BackstageTokenAuthenticator build() {
            return new BackstageTokenAuthenticator(this);
        }
    }
}
