package io.modelconnector.core.normalize;

import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.time.Instant;
import java.util.Comparator;

/** The order in which things came to be: the older of two keeps its name, the first artifact counts. */
final class AgeOrder {
    private static final String INFERENCE_SERVICE = "InferenceService";

    /** Ids by their numeric value; others after them, as text. */
    static final Comparator<String> IDS = AgeOrder::compareIds;

    static final Comparator<RegisteredModelVersion> VERSIONS = Comparator.comparing(
                    (RegisteredModelVersion version) -> version.version().id(), IDS)
            .thenComparing(RegisteredModelVersion::registry)
            .thenComparing(version -> version.model().id(), IDS);

    static final Comparator<ServedModel> SERVED_MODELS = Comparator.comparing(
                    (ServedModel model) -> !model.kind().equals(INFERENCE_SERVICE))
            .thenComparing(ServedModel::kind)
            .thenComparing(ServedModel::created, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(ServedModel::namespace)
            .thenComparing(ServedModel::name);

    static final Comparator<ModelArtifact> ARTIFACTS =
            Comparator.comparing(ModelArtifact::id, IDS).thenComparing(FactText::of);

    static final Comparator<RegisteredInferenceService> INFERENCE_SERVICES = Comparator.comparing(
                    RegisteredInferenceService::id, IDS)
            .thenComparing(RegisteredInferenceService::toString);

    private AgeOrder() {}

    private static int compareIds(String a, String b) {
        boolean numeric = isNumber(a);
        if (numeric != isNumber(b)) {
            return numeric ? -1 : 1;
        }
        int byValue = numeric ? compareNumbers(a, b) : 0;
        return byValue != 0 ? byValue : a.compareTo(b);
    }

    private static int compareNumbers(String a, String b) {
        int startA = leadingZeros(a);
        int startB = leadingZeros(b);
        int byLength = Integer.compare(a.length() - startA, b.length() - startB);
        return byLength != 0 ? byLength : a.substring(startA).compareTo(b.substring(startB));
    }

    private static int leadingZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
