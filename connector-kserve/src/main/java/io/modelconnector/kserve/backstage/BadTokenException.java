package io.modelconnector.kserve.backstage;

import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;

/** A token that is not accepted, with what to answer. Says nothing of what is in the token. */
final class BadTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    BadTokenException(Refused refused) {
        super(refused.check(), null, false, false);
        this.refused = refused;
    }

    static BadTokenException failing(String check) {
        return new BadTokenException(Refused.badToken(check));
    }

    Refused refused() {
        return refused;
    }
}
