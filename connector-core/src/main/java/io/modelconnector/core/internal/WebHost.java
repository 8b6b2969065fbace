package io.modelconnector.core.internal;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The host of a web URL, as the parser of {@link WebUrl} reads it: whatever way it was written in, equal hosts are equal.
 *
 * @param text a domain in lower case and ASCII, without a dot at its end, or an address: {@code 192.0.2.1}, or
 *     {@code [2001:db8:0:0:0:0:0:1]}
 * @param address the 4 or 16 bytes of an address, each from 0 to 255; empty for a domain
 */
public record WebHost(String text, List<Integer> address) {
    private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";
    private static final int IPV4_BYTES = 4;

    /** Copies the list. */
    public WebHost {
        address = List.copyOf(address);
    }

    /** Reads a host of a web URL; null if it is none. An address of version 6 is in brackets. */
    public static @Nullable WebHost parse(String host) {
        if (host.startsWith("[")) {
            return bracketed(host);
        }
        String domain;
        try {
            domain = ascii(percentDecoded(host));
        } catch (IllegalArgumentException e) {
            // How java.net.IDN says that a domain has no ASCII form, which is all that is asked here.
            return null;
        }
        if (domain.isEmpty()
                || hasForbidden(domain)
                || domain.chars().anyMatch(c -> c < ' ' || c == '%' || c == 0x7f)) {
            return null;
        }
        if (endsInNumber(domain)) {
            return isIpv4(domain) ? ipv4(domain) : null;
        }
        return new WebHost(domain.replaceFirst("(?<=[^.])\\.+$", ""), List.of());
    }

    /** A host where anything goes but a few characters: of schemes that browsers know nothing about. */
    static boolean isOpaque(String host) {
        return host.startsWith("[") ? bracketed(host) != null : !hasForbidden(host);
    }

    /** A host of a web URL: a domain or an address. */
    static boolean isDomainOrAddress(String host) {
        return parse(host) != null;
    }

    private static WebHost ipv4(String domain) {
        long value = 0;
        List<String> labels = labels(domain);
        for (int i = 0; i < labels.size() - 1; i++) {
            value += ipv4Number(labels.get(i)) << (8 * (IPV4_BYTES - 1 - i));
        }
        value += ipv4Number(labels.get(labels.size() - 1));
        List<Integer> bytes = new ArrayList<>();
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes.add((int) (value >> shift) & 0xff);
        }
        return new WebHost(bytes.stream().map(String::valueOf).collect(Collectors.joining(".")), bytes);
    }

    private static @Nullable WebHost bracketed(String host) {
        List<Integer> pieces = host.endsWith("]") ? Ipv6Syntax.pieces(host.substring(1, host.length() - 1)) : null;
        if (pieces == null) {
            return null;
        }
        List<Integer> bytes = new ArrayList<>();
        for (int piece : pieces) {
            bytes.add(piece >> 8);
            bytes.add(piece & 0xff);
        }
        String text = pieces.stream().map(Integer::toHexString).collect(Collectors.joining(":", "[", "]"));
        return new WebHost(text, bytes);
    }

    private static boolean hasForbidden(String host) {
        return host.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
    }

    /**
     * A label that is in ASCII form already ({@code xn--}) is believed. {@code java.net.IDN} knows the characters of Unicode
     * 3.2 only: those that are ignored, or stand for others, in newer ones are seen to before.
     */
    private static String ascii(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        StringBuilder visible = new StringBuilder();
        domain.codePoints().filter(c -> !isIgnored(c)).forEach(visible::appendCodePoint);
        String compatible = Normalizer.normalize(visible, Normalizer.Form.NFKC);
        return IDN.toASCII(compatible, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }

    private static boolean isIgnored(int c) {
        boolean selectsVariation = (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
        return c >= 0x80 && (Character.isIdentifierIgnorable(c) || selectsVariation || c == 0x34f);
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
