package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ModelCardReference;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How model cards are shown.
 *
 * @param cacheBytes {@code CARD_CACHE_LIMIT}: how many bytes of cards are kept in memory as they are shown; 64 MiB by default, at
 *     most an eighth of the heap
 * @param origins {@code CARD_ORIGINS}: for sources of the catalog, where the files beside their cards are: a URL that ends in a
 *     slash, in which {@code {group}} and {@code {name}} stand for those of the card
 * @param imageHosts {@code CARD_IMAGE_HOSTS}: hosts of which images in cards are shown; others become links
 */
public record DocumentationSettings(int cacheBytes, Map<String, String> origins, List<String> imageHosts) {
    private static final int MOST_BYTES = 1 << 30;
    private static final int USUAL_BYTES =
            (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);
    static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    /** Copies the collections. */
    public DocumentationSettings {
        origins = Map.copyOf(origins);
        imageHosts = List.copyOf(imageHosts);
    }

    /**
     * Reads the settings.
     *
     * @param environment the environment variables
     * @throws ConfigurationException if any of them is invalid; the message names every one that is
     */
    public static DocumentationSettings from(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        DocumentationSettings settings = from(reader);
        reader.check();
        return settings;
    }

    static DocumentationSettings from(EnvironmentReader reader) {
        return new DocumentationSettings(
                reader.bytes("CARD_CACHE_LIMIT", USUAL_BYTES, MOST_BYTES),
                origins(reader),
                reader.names("CARD_IMAGE_HOSTS", HOST, "names of hosts, separated by commas"));
    }

    private static Map<String, String> origins(EnvironmentReader reader) {
        Map<String, String> origins = new LinkedHashMap<>();
        for (String pair : reader.list("CARD_ORIGINS")) {
            int equals = pair.indexOf('=');
            String template = pair.substring(equals + 1).strip();
            String example = template.replace("{group}", "group").replace("{name}", "name");
            if (equals < 1 || !template.endsWith("/") || reader.url("CARD_ORIGINS", example) == null) {
                reader.invalid(
                        "CARD_ORIGINS", pair, "source=URL, separated by commas, each URL with a slash at its end");
            } else {
                origins.put(pair.substring(0, equals).strip(), template);
            }
        }
        return origins;
    }

    /** Where the files beside a card are; null if that is not known. */
    public @Nullable URI origin(ModelCardReference card) {
        String template = origins.get(card.source());
        return template == null
                ? null
                : URI.create(
                        template.replace("{group}", encoded(card.group())).replace("{name}", encoded(card.name())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
