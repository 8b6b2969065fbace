package io.modelconnector.kserve.credentials;

import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A token in a file that rotates: read each time it is asked for, which costs less than one stale token. Thread-safe. */
final class TokenFile implements Supplier<String> {
    private final Path file;

    TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public String get() {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw new SourceUnavailableException(
                    "reading the token file " + file + " failed: "
                            + e.getClass().getSimpleName() + "; check that it is there and readable",
                    e);
        }
        if (token.isEmpty()) {
            throw new SourceUnavailableException("the token file " + file + " is empty; check what writes it");
        }
        return EnvironmentValues.checkedToken(file.toString(), token);
    }
}
