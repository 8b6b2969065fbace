package io.modelconnector.core.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that comes with a request, up to a limit. */
final class RequestBody {
    /** How many bytes a body may have. */
    static final int MAX_BYTES = 16 << 20;

    private RequestBody() {}

    /**
     * Reads the whole body. What the headers say is looked at first.
     *
     * @return the bytes; none if there is no body
     */
    static byte[] json(FeedRequest request, InputStream body) throws RefusedException {
        requireLength(request.header().apply("Content-Length"));
        requireJson(request.header().apply("Content-Type"));
        byte[] bytes;
        try {
            bytes = body.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new BadRequestException("the body did not arrive completely");
        }
        if (bytes.length > MAX_BYTES) {
            throw tooLarge();
        }
        return bytes;
    }

    private static void requireLength(@Nullable String length) throws RefusedException {
        if (length == null) {
            return;
        }
        String digits = length.strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadRequestException("Content-Length is not a number");
        }
        // A number of more digits than that is too large, whatever it is.
        if (digits.length() > 18 || Long.parseLong(digits) > MAX_BYTES) {
            throw tooLarge();
        }
    }

    /** Clients that do not say what they send mean JSON. */
    private static void requireJson(@Nullable String contentType) throws RefusedException {
        if (contentType == null || contentType.isBlank()) {
            return;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!type.equals(Responses.JSON) && !(type.startsWith("application/") && type.endsWith("+json"))) {
            throw new RefusedException(
                    415,
                    "the body has to be " + Responses.JSON + ", not " + RequestSyntax.printable(type),
                    Map.of("Accept", Responses.JSON));
        }
    }

    private static RefusedException tooLarge() {
        return new RefusedException(413, "the body has more than " + MAX_BYTES + " bytes", Map.of());
    }
}
