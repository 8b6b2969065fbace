package io.modelconnector.examples.sidecars.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a server takes the program for.
 *
 * @param name the user's name in Kubernetes; null if it is not known
 */
record Account(@Nullable String name) {
    static final Account UNKNOWN = new Account(null);

    private static final Pattern SERVICE_ACCOUNT =
            Pattern.compile("system:serviceaccount:([a-z0-9][-a-z0-9]*):([a-z0-9][-.a-z0-9]*)");
    private static final Pattern SHELL_WORD = Pattern.compile("[A-Za-z0-9:@._/-]+");

    /** The flag that means it in {@code kubectl create rolebinding}. */
    String flag() {
        Matcher account = SERVICE_ACCOUNT.matcher(String.valueOf(name));
        if (account.matches()) {
            return "--serviceaccount=" + account.group(1) + ':' + account.group(2);
        }
        if (name == null || !SHELL_WORD.matcher(name).matches()) {
            return "--serviceaccount=NAMESPACE:SERVICEACCOUNT";
        }
        return "--user=" + name;
    }

    /** In a sentence. */
    String inWords() {
        Matcher account = SERVICE_ACCOUNT.matcher(String.valueOf(name));
        if (account.matches()) {
            return "ServiceAccount " + account.group(2) + " of namespace " + account.group(1);
        }
        return name == null ? "the account in use" : "user " + name;
    }
}
