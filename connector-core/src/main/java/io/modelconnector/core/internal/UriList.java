package io.modelconnector.core.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** The list that a portal reads: {@code {"uris":[…]}}. */
public final class UriList {
    private static final JsonFactory JSON = new JsonFactory();

    private UriList() {}

    /**
     * Writes a list.
     *
     * @param paths the paths of the entries, in order
     */
    public static byte[] write(Iterator<String> paths) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("uris");
            while (paths.hasNext()) {
                json.writeString(paths.next());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
