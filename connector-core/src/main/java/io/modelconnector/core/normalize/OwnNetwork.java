package io.modelconnector.core.normalize;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.internal.WebHost;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the hosts of the network that a portal runs in from those outside of it, by their names and addresses alone: nobody is
 * asked what a name resolves to. A portal's reader sends its token to where a link points, so that a link into its own
 * network is not for a model's author to set. Immutable and thread-safe.
 */
final class OwnNetwork {
    private static final String WILDCARD = "*.";
    /** The last labels of names that no public name server knows; a cluster's own names are below {@code local}. */
    private static final Set<String> INTERNAL = Set.of("internal", "local", "localdomain", "localhost", "svc");

    private final Set<String> allowedHosts = new HashSet<>();
    private final Set<String> allowedSuffixes = new HashSet<>();

    /**
     * A network.
     *
     * @param allowed hosts that links may point to although they are in it: names and addresses, or {@code *.} and a name,
     *     which stands for all names below it
     * @throws ConfigurationException if one of them is no host
     */
    OwnNetwork(List<String> allowed) {
        for (String host : allowed) {
            boolean suffix = host.startsWith(WILDCARD);
            WebHost parsed = WebHost.parse(suffix ? host.substring(WILDCARD.length()) : bracketed(host));
            boolean starred = parsed != null && parsed.text().indexOf('*') >= 0;
            if (parsed == null || starred || (suffix && !parsed.address().isEmpty())) {
                throw new ConfigurationException("techDocsHosts had \"" + host
                        + "\", must be hosts without scheme and port, for instance \"wiki.example.internal\","
                        + " \"*.docs.svc\" or \"10.1.2.3\"");
            }
            if (suffix) {
                allowedSuffixes.add('.' + parsed.text());
            } else {
                allowedHosts.add(parsed.text());
            }
        }
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host;
    }

    /** Whether links may not point to a host: it is in the network, and not allowed. */
    boolean refuses(WebHost host) {
        boolean own = host.address().isEmpty() ? isInternal(host.text()) : isInternal(host.address());
        return own
                && !allowedHosts.contains(host.text())
                && allowedSuffixes.stream().noneMatch(host.text()::endsWith);
    }

    /** A name without a dot is looked up in the domains of the network. */
    private static boolean isInternal(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 1 || INTERNAL.contains(name.substring(dot + 1));
    }

    private static boolean isInternal(List<Integer> address) {
        if (address.size() == 4) {
            return isInternalV4(address);
        }
        int first = address.get(0) << 8 | address.get(1);
        List<Integer> last = address.subList(12, 16);
        boolean zeros = address.subList(0, 10).stream().allMatch(part -> part == 0);
        if (zeros) {
            // Loopback, unspecified, and IPv4 in disguise.
            return !(address.get(10) == 0xff && address.get(11) == 0xff) || isInternalV4(last);
        }
        if (first == 0x64 && address.get(2) == 0xff && address.get(3) == 0x9b) {
            // Translated to IPv4: by anybody's translator, or by one of the network.
            return address.get(4) != 0 || address.get(5) != 0 || isInternalV4(last);
        }
        return (first & 0xfe00) == 0xfc00 // unique local
                || (first & 0xff80) == 0xfe80 // link-local, and site-local as it was
                || first >= 0xff00 // multicast
                || (first == 0x2002 && isInternalV4(address.subList(2, 6))); // tunnels to IPv4
    }

    private static boolean isInternalV4(List<Integer> address) {
        int first = address.get(0);
        int second = address.get(1);
        return switch (first) {
            case 0, 10, 127 -> true;
            case 100 -> (second & 0xc0) == 64; // shared with a carrier
            case 169 -> second == 254; // link-local
            case 172 -> (second & 0xf0) == 16;
            case 192 -> second == 168 || (second == 0 && address.get(2) == 0);
            case 198 -> (second & 0xfe) == 18; // for benchmarks
            default -> first >= 224; // multicast, and reserved
        };
    }
}
