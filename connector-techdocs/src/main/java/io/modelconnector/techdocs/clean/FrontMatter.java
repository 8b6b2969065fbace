package io.modelconnector.techdocs.clean;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the YAML head of a card says about its model, as on Hugging Face. Values are as written, so a licence need not be an SPDX
 * identifier and a base model need not exist. Immutable.
 *
 * @param licence the licence, or null
 * @param baseModels the models that this one was made from
 * @param datasets the data that it was trained on
 * @param languages the natural languages that it knows
 * @param tags free tags
 * @param pipelineTag the task that it serves, such as {@code text-generation}, or null
 * @param libraryName the library that loads it, such as {@code transformers}, or null
 */
public record FrontMatter(
        @Nullable String licence,
        List<String> baseModels,
        List<String> datasets,
        List<String> languages,
        List<String> tags,
        @Nullable String pipelineTag,
        @Nullable String libraryName) {
    private static final FrontMatter NONE =
            new FrontMatter(null, List.of(), List.of(), List.of(), List.of(), null, null);

    /** Copies the lists. */
    public FrontMatter {
        baseModels = List.copyOf(baseModels);
        datasets = List.copyOf(datasets);
        languages = List.copyOf(languages);
        tags = List.copyOf(tags);
    }

    /** Says nothing. */
    public static FrontMatter none() {
        return NONE;
    }

    /** Whether nothing is said. */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
