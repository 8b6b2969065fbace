package io.modelconnector.core.definition;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** From which hosts something may be fetched. Immutable and thread-safe. */
final class AllowedHosts {
    private static final String ANY = "*.";
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    private final Set<String> exact = new HashSet<>();
    private final Set<String> suffixes = new HashSet<>();

    AllowedHosts(List<String> hosts) {
        for (String host : hosts) {
            String folded = host.toLowerCase(Locale.ROOT);
            if (!HOST.matcher(folded).matches()) {
                throw new ConfigurationException("an allowed host was \"" + host
                        + "\", must be a host name or address without a port, or *. and a domain");
            }
            if (folded.startsWith(ANY)) {
                suffixes.add(folded.substring(1));
            } else {
                exact.add(folded);
            }
        }
    }

    /** The URL as one that may be fetched; nothing if it may not. */
    Optional<URI> allowed(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = url.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        String host = url.getHost();
        boolean fetched = web && host != null && url.getRawUserInfo() == null && has(host.toLowerCase(Locale.ROOT));
        return fetched ? Optional.of(url) : Optional.empty();
    }

    private boolean has(String host) {
        return exact.contains(host) || suffixes.stream().anyMatch(host::endsWith);
    }
}
