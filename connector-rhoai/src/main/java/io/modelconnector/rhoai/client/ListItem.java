package io.modelconnector.rhoai.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item of a page: exactly one of what was read and why it could not be.
 *
 * @param read the item
 * @param unreadable what is wrong with it
 */
record ListItem<T extends Listed>(
        @Nullable T read, @Nullable UnreadableItem unreadable) {
    /** Reads the items of a page, up to the end of their list. */
    static <T extends Listed> List<ListItem<T>> readAll(JsonParser parser, ItemKind<T> kind) throws IOException {
        List<ListItem<T>> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(read(parser, token, kind));
        }
        return items;
    }

    private static <T extends Listed> ListItem<T> read(JsonParser parser, JsonToken token, ItemKind<T> kind)
            throws IOException {
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new ListItem<>(null, kind.unreadable("it is " + Json.kind(token) + " instead of an object"));
        }
        ItemFields fields = ItemFields.read(parser, kind.fields());
        try {
            return new ListItem<>(kind.converter().convert(fields), null);
        } catch (UnreadableFieldException e) {
            return new ListItem<>(null, kind.unreadable(fields, String.valueOf(e.getMessage())));
        }
    }
}
