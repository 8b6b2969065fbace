package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.EntryKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Gives every entry a key, a model name and a server name that no other entry has. Who asks first keeps the wanted
 * name, so ask in order of age; the others get a hash at its end, and a problem.
 *
 * <p>Keys are compared as import keys: {@code my} and {@code model_v1} have the same one as {@code my_model} and
 * {@code v1}. Names are compared without regard to case, because a portal keeps one entity of the two, and which one is
 * chance.
 */
final class UniqueNames {
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> modelNames = new HashMap<>();
    private final Map<String, String> serverNames = new HashMap<>();
    private final Problems problems;

    UniqueNames(Problems problems) {
        this.problems = problems;
    }

    EntryKey key(EntryKey wanted, Identity who) {
        return claim("key", keys, wanted, UniqueNames::withHash, EntryKey::importKey, who);
    }

    String modelName(String wanted, Identity who) {
        return claim("model name", modelNames, wanted, Names::withHash, UniqueNames::folded, who);
    }

    String serverName(String wanted, Identity who) {
        return claim("server name", serverNames, wanted, Names::withHash, UniqueNames::folded, who);
    }

    private <T> T claim(
            String what,
            Map<String, String> taken,
            T wanted,
            BiFunction<T, String, T> withHash,
            Function<T, String> compared,
            Identity who) {
        String holder = taken.putIfAbsent(compared.apply(wanted), who.id());
        if (holder == null) {
            return wanted;
        }
        for (int attempt = 1; ; attempt++) {
            T distinct = withHash.apply(wanted, who.distinguishingHash(attempt));
            if (taken.putIfAbsent(compared.apply(distinct), who.id()) == null) {
                problems.add(
                        who.id(),
                        "its " + what + " " + wanted + " is that of " + holder + ", so it is published as " + distinct
                                + "; rename one of the two");
                return distinct;
            }
        }
    }

    private static EntryKey withHash(EntryKey key, String hash) {
        return new EntryKey(key.first(), key.second() + '-' + hash);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
