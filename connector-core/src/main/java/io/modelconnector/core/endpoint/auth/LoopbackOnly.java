package io.modelconnector.core.endpoint.auth;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everybody on the same machine, nobody else. Thread-safe. */
final class LoopbackOnly implements RequestAuthenticator {
    /** What proxies say that they have handed on, in the order of how usual it is. */
    private static final List<String> OF_PROXIES =
            List.of("X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private static final Pattern LOCAL_HOST =
            Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[(::|(0{1,4}:){7}0{0,3})1])(:\\d{1,5})?");
    private static final int LONGEST_HOST = 64;
    private static final Allowed ALLOWED = new Allowed("somebody on this machine");

    private final String remedy;

    LoopbackOnly(String remedy) {
        this.remedy = requireNonNull(remedy, "remedy");
    }

    @Override
    public AuthenticationResult authenticate(FeedRequest request, String audience) {
        InetAddress client = request.client();
        if (client == null || !client.isLoopbackAddress()) {
            return refused("the caller is not on this machine");
        }
        for (String name : OF_PROXIES) {
            if (request.header().apply(name) != null) {
                return refused("a proxy has handed the request on").because("header " + name);
            }
        }
        return isLocal(request.header().apply("Host")) ? ALLOWED : refused("the host asked for is not localhost");
    }

    @Override
    public boolean answersAtOnce(FeedRequest request) {
        return true;
    }

    private Refused refused(String check) {
        return Refused.forbidden(
                check, "this is answered to callers on the same machine only, and " + check + "; " + remedy);
    }

    private static boolean isLocal(@Nullable String host) {
        return host != null
                && host.length() <= LONGEST_HOST
                && LOCAL_HOST.matcher(host).matches();
    }
}
