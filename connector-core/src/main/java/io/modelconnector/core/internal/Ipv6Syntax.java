package io.modelconnector.core.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How IPv6 addresses are written, without brackets and zones. */
final class Ipv6Syntax {
    private static final int PIECES = 8;

    private Ipv6Syntax() {}

    /** The eight pieces of 16 bits of an address; null if the text is none. */
    static @Nullable List<Integer> pieces(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> all = pieces(text, true);
            return all == null || all.size() != PIECES ? null : all;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        List<Integer> left = before.isEmpty() ? List.of() : pieces(before, false);
        List<Integer> right = after.isEmpty() ? List.of() : pieces(after, true);
        if (left == null || right == null || left.size() + right.size() >= PIECES) {
            return null;
        }
        List<Integer> all = new ArrayList<>(left);
        all.addAll(Collections.nCopies(PIECES - left.size() - right.size(), 0));
        all.addAll(right);
        return all;
    }

    private static @Nullable List<Integer> pieces(String text, boolean mayEndInIpv4) {
        String[] pieces = text.split(":", -1);
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            if (isPiece(pieces[i])) {
                values.add(Integer.parseInt(pieces[i], 16));
            } else if (mayEndInIpv4 && i == pieces.length - 1 && isDottedDecimal(pieces[i])) {
                String[] parts = pieces[i].split("\\.", -1);
                values.add(Integer.parseInt(parts[0]) << 8 | Integer.parseInt(parts[1]));
                values.add(Integer.parseInt(parts[2]) << 8 | Integer.parseInt(parts[3]));
            } else {
                return null;
            }
        }
        return values;
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
