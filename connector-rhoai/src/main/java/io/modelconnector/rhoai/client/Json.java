package io.modelconnector.rhoai.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Parses answers while they arrive. */
final class Json {
    /** Model cards are the longest strings. Their limit is checked where cards are read, so that one costs only itself. */
    private static final int LONGEST_STRING = 16 << 20;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .build();

    private Json() {}

    /** Reads an object, with the parser at its start. */
    @FunctionalInterface
    interface ObjectReader<T> {
        /** Reads to the object's end. */
        T read(JsonParser parser) throws IOException;
    }

    static JsonParser parser(InputStream body) throws IOException {
        return FACTORY.createParser(body);
    }

    /** Reads an answer that has to be one JSON object. */
    static <T> BodyReader<T> object(ObjectReader<T> reader) {
        return body -> {
            try (JsonParser parser = parser(body)) {
                JsonToken first = parser.nextToken();
                if (first != JsonToken.START_OBJECT) {
                    throw new MalformedBodyException(
                            first == null ? "it is empty" : "it is " + kind(first) + " instead of an object");
                }
                T result = reader.read(parser);
                if (parser.nextToken() != null) {
                    throw new MalformedBodyException("it goes on after its end");
                }
                return result;
            } catch (StreamConstraintsException e) {
                throw new MalformedBodyException("it has a text longer than " + LONGEST_STRING
                        + " characters, or is nested too deeply" + place(e.getLocation()));
            } catch (JsonProcessingException e) {
                // The parser's own message quotes the answer.
                throw new MalformedBodyException("it is not JSON, or cut off" + place(e.getLocation()));
            }
        };
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** What to call a value in messages. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            default -> "nothing";
        };
    }
}
