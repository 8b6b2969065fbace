package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * A page of a list, counted.
 *
 * @param items how many items are on it
 * @param next the token of the next page; empty if it is the last
 */
record PageFacts(int items, String next) {
    /** Whether no page comes after it. */
    boolean last() {
        return next.isEmpty();
    }

    /** Counts a page, without building objects; nothing if it is none. */
    static Optional<PageFacts> of(Reply reply) {
        try (JsonParser parser = Reply.JSON.createParser(reply.body())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            int items = -1;
            String next = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("nextPageToken")) {
                    next = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                }
                if (field.equals("items")) {
                    items = count(parser, value);
                } else {
                    parser.skipChildren();
                }
            }
            return items < 0 ? Optional.empty() : Optional.of(new PageFacts(items, next));
        } catch (IOException e) {
            // No JSON, or not all of it.
            return Optional.empty();
        }
    }

    private static int count(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return 0;
        }
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return -1;
        }
        int items = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            items++;
        }
        return items;
    }
}
