package io.modelconnector.core.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.store.ImportKeys;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads key sets. One with something in it that no store can have as a key is refused: what was meant by it may be an entry
 * that would be removed.
 */
final class KeySetDocument {
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeySetDocument() {}

    /** Reads keys that are joined by commas. */
    static Set<String> ofParameter(String keys) throws BadRequestException {
        Set<String> set = new HashSet<>();
        for (String key : keys.split(",", -1)) {
            if (!key.isBlank()) {
                set.add(valid(key.strip()));
            }
        }
        return set;
    }

    private static String valid(String key) throws BadRequestException {
        if (key.length() > ImportKeys.MAX_LENGTH || !KEY.matcher(key).matches()) {
            throw new BadRequestException("the parameter \"key\" has \"" + RequestSyntax.printable(key)
                    + "\" in it, which is not up to " + ImportKeys.MAX_LENGTH
                    + " letters, digits, '_', '-' and '.'; nothing was removed");
        }
        return key;
    }

    /** Reads a JSON array of keys. */
    static Set<String> ofBody(byte[] body) throws BadRequestException {
        if (body.length == 0) {
            // No key set at all is more likely a mistake than the wish to remove everything.
            throw new BadRequestException(
                    "the parameter \"key\" is missing: /currentkeyset?key=<import key>,<import key>,"
                            + " empty to remove everything, or a JSON array of import keys as the body");
        }
        JsonNode document;
        try {
            document = JSON.readTree(body);
        } catch (IOException e) {
            throw new BadRequestException("the body is no JSON");
        }
        if (!document.isArray()) {
            throw new BadRequestException("the body is no JSON array of import keys");
        }
        Set<String> keys = new HashSet<>();
        for (JsonNode key : document) {
            if (!key.isTextual()) {
                throw new BadRequestException("the body is no JSON array of import keys: not all of it are texts");
            }
            keys.add(valid(key.textValue()));
        }
        return keys;
    }
}
