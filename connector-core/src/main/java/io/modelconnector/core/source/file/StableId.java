package io.modelconnector.core.source.file;

import io.modelconnector.core.entity.ContentDigest;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * The ids of what is in the file. A given id has at most 18 digits. One that is not given is derived from the names, so
 * that it stays when other items come and go, and has 19: a given id is always the smaller, which is to say the older.
 */
final class StableId {
    private static final long FIRST_DERIVED = 1L << 62;
    private static final Pattern GIVEN = Pattern.compile("[1-9][0-9]{0,17}");

    private StableId() {}

    /** Derives an id from names. */
    static String of(String... names) {
        long bits = new BigInteger(ContentDigest.of(String.join("\n", names)), 16).longValue();
        return Long.toString(bits >>> 2 | FIRST_DERIVED);
    }

    /** Whether a text can be given as an id. */
    static boolean canBeGiven(String text) {
        return GIVEN.matcher(text).matches();
    }
}
