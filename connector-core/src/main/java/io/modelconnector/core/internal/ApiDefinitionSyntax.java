package io.modelconnector.core.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.entity.ApiType;
import java.util.regex.Pattern;

/** Tells definitions of APIs from other texts, by the word that each of them begins with or has to have. */
public final class ApiDefinitionSyntax {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OPENAPI = topLevelField("openapi|swagger");
    private static final Pattern ASYNCAPI = topLevelField("asyncapi");
    private static final Pattern GRAPHQL = Pattern.compile(
            "^\\s*(extend\\s+)?(schema|type|interface|union|enum|input|scalar|directive)\\b", Pattern.MULTILINE);
    private static final Pattern GRPC =
            Pattern.compile("^\\s*(syntax\\s*=|edition\\s*=|service\\s+\\w|message\\s+\\w)", Pattern.MULTILINE);

    private ApiDefinitionSyntax() {}

    /** Whether a text looks like a definition of a type. */
    public static boolean is(ApiType type, String text) {
        return switch (type) {
            case OPENAPI -> isObjectWith(text, OPENAPI, "openapi", "swagger");
            case ASYNCAPI -> isObjectWith(text, ASYNCAPI, "asyncapi");
            case GRAPHQL -> GRAPHQL.matcher(text).find();
            case GRPC -> GRPC.matcher(text).find();
        };
    }

    private static boolean isObjectWith(String text, Pattern yaml, String... fields) {
        if (!text.stripLeading().startsWith("{")) {
            return yaml.matcher(text).find();
        }
        try {
            JsonNode root = JSON.readTree(text);
            for (String field : fields) {
                if (root.path(field).isTextual()) {
                    return true;
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** A field of YAML at the top of a document. */
    private static Pattern topLevelField(String names) {
        return Pattern.compile("^[\"']?(" + names + ")[\"']?[ \\t]*:[ \\t]*\\S", Pattern.MULTILINE);
    }
}
