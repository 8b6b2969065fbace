package io.modelconnector.rhoai.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about an error. Registries answer {@code {"code", "message"}}; proxies answer text or HTML, which is
 * never shown, because nobody knows what is in it.
 */
final class ErrorMessage {
    private static final int READ_LIMIT = 16 * 1024;
    private static final int SHOWN_LIMIT = 200;

    private ErrorMessage() {}

    /** The server's message in parentheses, shortened, or nothing. */
    static String of(Response response) {
        try {
            String message = message(response);
            return message == null || message.isBlank() ? "" : " (" + shorten(message) + ')';
        } catch (IOException e) {
            return "";
        }
    }

    private static @Nullable String message(Response response) throws IOException {
        try (JsonParser parser =
                Json.parser(new LimitedInputStream(response.body().byteStream(), READ_LIMIT))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = "message".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return null;
        }
    }

    /** One line of at most 200 characters, without control characters. */
    static String shorten(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= SHOWN_LIMIT ? line : line.substring(0, SHOWN_LIMIT) + "…";
    }
}
