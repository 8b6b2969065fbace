package io.modelconnector.core.normalize;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names by which model hubs call what a model is for. A catalog hands them on as labels, among others that say something
 * else.
 */
final class KnownTasks {
    private static final Set<String> NAMES = Set.of(
            "any-to-any",
            "audio-classification",
            "audio-text-to-text",
            "automatic-speech-recognition",
            "code-generation",
            "depth-estimation",
            "document-question-answering",
            "feature-extraction",
            "fill-mask",
            "image-classification",
            "image-segmentation",
            "image-text-to-text",
            "image-to-image",
            "image-to-text",
            "object-detection",
            "question-answering",
            "reinforcement-learning",
            "sentence-similarity",
            "summarization",
            "table-question-answering",
            "tabular-classification",
            "tabular-regression",
            "text-classification",
            "text-embedding",
            "text-generation",
            "text-ranking",
            "text-to-image",
            "text-to-speech",
            "text-to-text",
            "text-to-video",
            "time-series-forecasting",
            "token-classification",
            "translation",
            "video-text-to-text",
            "visual-question-answering",
            "zero-shot-classification");

    private KnownTasks() {}

    /** The first of some tags that is a task; null if none is. */
    static @Nullable String in(List<String> tags) {
        for (String tag : tags) {
            if (NAMES.contains(tag)) {
                return tag;
            }
        }
        return null;
    }
}
