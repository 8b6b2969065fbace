package io.modelconnector.core.endpoint.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;

/** A payload as one reads it: JSON with a line for each field, anything else as it is. */
final class PayloadText {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PayloadText() {}

    /**
     * Reads a payload.
     *
     * @param longest up to how many bytes JSON is laid out anew; whatever is longer is not shown as a whole anyway
     */
    static String of(Payload payload, String contentType, int longest) {
        String text = StandardCharsets.UTF_8.decode(payload.bytes()).toString();
        if (!contentType.contains("json") || payload.length() > longest) {
            return text;
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            // A format of somebody else may call JSON what is none; it is shown as it is.
            return text;
        }
    }
}
