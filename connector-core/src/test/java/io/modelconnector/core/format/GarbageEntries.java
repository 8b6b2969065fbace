package io.modelconnector.core.format;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.entity.ModelTraits;
import io.modelconnector.core.entity.ServerDeclaration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Entries as no normalizer would make them: any text anywhere. The same ones for the same seed. */
final class GarbageEntries {
    private static final List<String> PIECES = List.of(
            "granite",
            "A",
            "z9",
            "-",
            "_",
            ".",
            "/",
            ":",
            " ",
            "\n",
            "\t",
            "\r\n",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ud83d",
            "\ude00",
            "😀",
            "模型",
            "é",
            "\"",
            "'",
            "\\",
            "#",
            "+",
            "{",
            "}",
            "[",
            "]",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "---",
            "...",
            "null",
            "~",
            "yes",
            "1.0",
            "0x1F",
            "2026-01-01",
            "$text",
            "https://",
            "s3://b",
            "javascript:",
            "example.com",
            "backstage.io/managed-by-location",
            "group:default/",
            "user:",
            "system:",
            "a".repeat(70));

    private final Random random;

    GarbageEntries(long seed) {
        this.random = new Random(seed);
    }

    CatalogEntry next() {
        return new CatalogEntry(
                new EntryKey("granite-" + random.nextInt(1000), "v" + random.nextInt(1000)),
                new ModelCatalog(list(this::model, 3), maybe() ? server() : null),
                maybe() ? new CardVersion(new ModelCardReference(text(), text(), text()), "5b1c9f0e") : null,
                maybeUrl(),
                maybeText(),
                null,
                new EntryOrigin(maybe() ? EntryOrigin.Kind.REGISTRY : EntryOrigin.Kind.SERVING, text()));
    }

    private Model model() {
        return Model.builder(text(), text(), text(), text())
                .artifactLocationUrl(maybeUrl())
                .ethics(maybeUrl())
                .howToUseUrl(maybeUrl())
                .license(maybeText())
                .support(maybeText())
                .training(maybeText())
                .usage(maybeUrl())
                .tags(texts())
                .annotations(map())
                .traits(new ModelTraits(maybeText(), maybeText(), maybeText(), maybeText()))
                .build();
    }

    private ModelServer server() {
        return ModelServer.builder(text(), text(), text(), text())
                .api(maybe() || maybe() ? api() : null)
                .authentication(maybe() ? random.nextBoolean() : null)
                .homepageUrl(maybeUrl())
                .usage(maybeText())
                .tags(texts())
                .annotations(map())
                .declaration(new ServerDeclaration(maybeText(), maybeText(), maybeText(), maybeText(), texts()))
                .build();
    }

    private ModelServerApi api() {
        ApiType type = ApiType.values()[random.nextInt(ApiType.values().length)];
        return new ModelServerApi(
                maybe() ? "https://granite.example.com" : text(), type, text(), texts(), map(), maybeText());
    }

    private Map<String, String> map() {
        Map<String, String> map = new HashMap<>();
        texts().forEach(key -> map.put(key, text()));
        return map;
    }

    private List<String> texts() {
        return list(this::text, 3);
    }

    private <T> List<T> list(Supplier<T> item, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> item.get())
                .toList();
    }

    private String maybeUrl() {
        return maybe() ? maybeText() : "https://example.com/" + random.nextInt(100);
    }

    private String maybeText() {
        return maybe() ? text() : null;
    }

    private boolean maybe() {
        return random.nextBoolean();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
