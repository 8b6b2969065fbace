package io.modelconnector.rhoai;

import java.util.Comparator;

/** The order of a registry's ids, which are numbers in texts: the older item has the smaller one. */
final class RegistryIds {
    static final Comparator<String> ORDER = RegistryIds::compare;

    private RegistryIds() {}

    private static int compare(String a, String b) {
        boolean numberA = isNumber(a);
        boolean numberB = isNumber(b);
        if (!numberA || !numberB) {
            return numberA == numberB ? a.compareTo(b) : numberA ? -1 : 1;
        }
        int startA = leadingZeros(a);
        int startB = leadingZeros(b);
        int byLength = Integer.compare(a.length() - startA, b.length() - startB);
        return byLength != 0 ? byLength : a.substring(startA).compareTo(b.substring(startB));
    }

    private static boolean isNumber(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return false;
            }
        }
        return !id.isEmpty();
    }

    private static int leadingZeros(String id) {
        int zeros = 0;
        while (zeros < id.length() - 1 && id.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }
}
