package io.modelconnector.rhoai.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param next the token of the next page; empty if it is the last
 */
record Page<T>(List<T> items, String next) {
    /** Reads the items of a page. */
    @FunctionalInterface
    interface ItemsReader<T> {
        /**
         * Reads a list, with the parser at the first token after its opening, up to its closing.
         */
        List<T> read(JsonParser parser) throws IOException;
    }

    /** Reads a page; the answer has to be an object with a list {@code items}. */
    static <T> BodyReader<Page<T>> reader(ItemsReader<T> itemsReader) {
        return Json.object(parser -> {
            List<T> items = null;
            String next = "";
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (name.equals("items")) {
                    items = items(parser, token, itemsReader);
                } else if (name.equals("nextPageToken")) {
                    next = token(parser, token);
                } else {
                    parser.skipChildren();
                }
            }
            if (items == null) {
                throw new MalformedBodyException("it has no items");
            }
            return new Page<>(items, next);
        });
    }

    private static <T> List<T> items(JsonParser parser, JsonToken token, ItemsReader<T> reader) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (token != JsonToken.START_ARRAY) {
            throw new MalformedBodyException("its items are " + Json.kind(token) + " instead of a list");
        }
        return reader.read(parser);
    }

    private static String token(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (token != JsonToken.VALUE_STRING) {
            throw new MalformedBodyException("its nextPageToken is not a text");
        }
        return parser.getText();
    }
}
