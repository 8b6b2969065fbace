package io.modelconnector.kserve.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelconnector.kserve.internal.ConfigMapVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes changes of ConfigMaps as the API server takes them. */
final class ConfigMapBody {
    /** Says that a store is being filled for the first time, and that what is not in it yet is not gone. */
    static final String FILLING = "modelconnector.io/filling";

    private static final JsonFactory JSON = new JsonFactory();

    private ConfigMapBody() {}

    /** A new ConfigMap. */
    static byte[] create(MapChange<?> change, boolean filling) {
        return write(change, json -> {
            json.writeStartObject();
            json.writeStringField("apiVersion", "v1");
            json.writeStringField("kind", "ConfigMap");
            json.writeObjectFieldStart("metadata");
            json.writeStringField("name", change.map().name());
            if (filling) {
                json.writeObjectFieldStart("annotations");
                json.writeStringField(FILLING, "true");
                json.writeEndObject();
            }
            json.writeEndObject();
            writeValues(json, change);
            json.writeEndObject();
        });
    }

    /** A merge patch of a ConfigMap, to be made only if it is in the state that is known. */
    static byte[] patch(MapChange<?> change, ConfigMapVersion known) {
        return write(change, json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("metadata");
            json.writeStringField("resourceVersion", known.resourceVersion());
            if (change.completes()) {
                json.writeObjectFieldStart("annotations");
                json.writeNullField(FILLING);
                json.writeEndObject();
            }
            json.writeEndObject();
            writeValues(json, change);
            json.writeEndObject();
        });
    }

    private static void writeValues(JsonGenerator json, MapChange<?> change) throws IOException {
        json.writeObjectFieldStart("binaryData");
        for (String key : change.removes()) {
            json.writeNullField(key);
        }
        for (Map.Entry<String, ? extends Put<?>> put : change.puts().entrySet()) {
            json.writeBinaryField(put.getKey(), put.getValue().bytes());
        }
        json.writeEndObject();
    }

    private static byte[] write(MapChange<?> change, Content content) {
        int values = change.puts().values().stream()
                .mapToInt(put -> put.bytes().length)
                .sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(values + values / 2 + 1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Writes JSON. */
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
