package io.modelconnector.core.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads key sets. What is no import key in them is passed over: no entry has it, and the existing normalizer may send it.
 */
final class KeySetDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeySetDocument() {}

    /** Reads keys that are joined by commas. */
    static Set<String> ofParameter(String keys) {
        return Arrays.stream(keys.split(",", -1))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
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
            keys.add(key.textValue());
        }
        return keys;
    }
}
