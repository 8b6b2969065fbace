package io.modelconnector.core.endpoint;

import io.modelconnector.core.store.ImportKeys;
import io.modelconnector.core.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of requests that write; messages name the parameter and say what is wrong with it. */
final class WriteParameters {
    private WriteParameters() {}

    /** The import key that a request names. */
    static String importKey(FeedRequest request) throws BadRequestException {
        String key = RequestSyntax.parameter(request.rawQuery(), "key");
        if (key == null || key.isEmpty()) {
            throw new BadRequestException("the parameter \"key\" is missing: "
                    + RequestSyntax.printable(request.rawPath()) + "?key=<segment>_<segment>");
        }
        String fault = fault(key);
        if (fault != null) {
            throw new BadRequestException("the parameter \"key\" " + fault);
        }
        return key;
    }

    /** The type of an entry; without one, that of a registry's. */
    static String type(FeedRequest request) throws BadRequestException {
        String type = RequestSyntax.parameter(request.rawQuery(), "type");
        if (type == null || type.isEmpty()) {
            return StoredEntry.REGISTRY;
        }
        if (!type.equals(StoredEntry.REGISTRY) && !type.equals(StoredEntry.SERVING)) {
            throw new BadRequestException("the parameter \"type\" has to be " + StoredEntry.REGISTRY + " or "
                    + StoredEntry.SERVING + ", not " + RequestSyntax.printable(type));
        }
        return type;
    }

    private static @Nullable String fault(String key) {
        if (key.length() > ImportKeys.MAX_LENGTH) {
            return "has " + key.length() + " characters, a ConfigMap's key has " + ImportKeys.MAX_LENGTH + " at most";
        }
        for (int i = 0; i < key.length(); i++) {
            if (!isKeyCharacter(key.charAt(i))) {
                return "holds a " + name(key.codePointAt(i)) + ", only letters, digits, '_', '-' and '.' are allowed";
            }
        }
        if (key.indexOf('_') < 0) {
            return "has no underscore between its two segments: " + key;
        }
        return ImportKeys.split(key, "").isEmpty()
                ? "is not two segments of 1 to 128 characters, none of them . or .., with an underscore in between: "
                        + key
                : null;
    }

    private static boolean isKeyCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private static String name(int character) {
        if (Character.isISOControl(character)) {
            return "control character";
        }
        return character == '/' ? "slash" : "character '" + Character.toString(character) + '\'';
    }
}
