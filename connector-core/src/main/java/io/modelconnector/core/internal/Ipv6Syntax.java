package io.modelconnector.core.internal;

/** Which texts are IPv6 addresses, without brackets and zones. */
final class Ipv6Syntax {
    private static final int PIECES = 8;

    private Ipv6Syntax() {}

    static boolean isAddress(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return pieces(text, true) == PIECES;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : pieces(before, false);
        int right = after.isEmpty() ? 0 : pieces(after, true);
        return left >= 0 && right >= 0 && left + right < PIECES;
    }

    /** How many pieces of 16 bits the text stands for; -1 if one of them is wrong. */
    private static int pieces(String text, boolean mayEndInIpv4) {
        String[] pieces = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < pieces.length; i++) {
            if (isPiece(pieces[i])) {
                count++;
            } else if (mayEndInIpv4 && i == pieces.length - 1 && isDottedDecimal(pieces[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }

    private static boolean isPiece(String piece) {
        return !piece.isEmpty()
                && piece.length() <= 4
                && piece.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
    }

    private static boolean isDottedDecimal(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || (part.length() > 1 && part.startsWith("0")) || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return parts.length == 4;
    }
}
