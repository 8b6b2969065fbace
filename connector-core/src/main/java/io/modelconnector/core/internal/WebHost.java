package io.modelconnector.core.internal;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which hosts the parser of {@link WebUrl} accepts. */
final class WebHost {
    private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";

    private WebHost() {}

    /** A host where anything goes but a few characters: of schemes that browsers know nothing about. */
    static boolean isOpaque(String host) {
        return host.startsWith("[") ? isBracketedAddress(host) : !hasForbidden(host);
    }

    /** A host of a web URL: a domain or an address. */
    static boolean isDomainOrAddress(String host) {
        if (host.startsWith("[")) {
            return isBracketedAddress(host);
        }
        String domain;
        try {
            domain = ascii(percentDecoded(host));
        } catch (IllegalArgumentException e) {
            // How java.net.IDN says that a domain has no ASCII form, which is all that is asked here.
            return false;
        }
        return !domain.isEmpty()
                && !hasForbidden(domain)
                && domain.chars().noneMatch(c -> c < ' ' || c == '%' || c == 0x7f)
                && (!endsInNumber(domain) || isIpv4(domain));
    }

    private static boolean hasForbidden(String host) {
        return host.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
    }

    private static boolean isBracketedAddress(String host) {
        return host.endsWith("]") && Ipv6Syntax.isAddress(host.substring(1, host.length() - 1));
    }

    /** A label that is in ASCII form already ({@code xn--}) is believed. */
    private static String ascii(String domain) {
        boolean plain = domain.chars().allMatch(c -> c < 0x80);
        return plain ? domain.toLowerCase(Locale.ROOT) : IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
    }

    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                decoded.write(high * 16 + low);
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** A domain whose last label is a number is an IPv4 address, or wrong. */
    private static boolean endsInNumber(String domain) {
        List<String> labels = labels(domain);
        String last = labels.get(labels.size() - 1);
        boolean digits = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits || ipv4Number(last) >= 0;
    }

    private static boolean isIpv4(String domain) {
        List<String> labels = labels(domain);
        if (labels.size() > 4) {
            return false;
        }
        for (String label : labels.subList(0, labels.size() - 1)) {
            long number = ipv4Number(label);
            if (number < 0 || number > 255) {
                return false;
            }
        }
        long last = ipv4Number(labels.get(labels.size() - 1));
        return last >= 0 && last < 1L << (8 * (5 - labels.size()));
    }

    /** The parts between dots; one dot at the end does not count. */
    private static List<String> labels(String domain) {
        String trimmed =
                domain.length() > 1 && domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        return Arrays.asList(trimmed.split("\\.", -1));
    }

    /** The value of a decimal, octal or hexadecimal number, at most 2^32; -1 if it is none. */
    private static long ipv4Number(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        int radix = hexadecimal ? 16 : text.length() > 1 && text.startsWith("0") ? 8 : 10;
        long value = 0;
        for (int i = hexadecimal ? 2 : 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = Math.min(value * radix + digit, 1L << 32);
        }
        return value;
    }
}
