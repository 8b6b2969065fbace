package io.modelconnector.core.source.file;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.SourceSnapshot;
import java.util.List;
import java.util.Map;

/**
 * What one reading of the file gave.
 *
 * @param snapshot the facts, or why there are none
 * @param cards the cards of the last facts that there were
 * @param successful whether there were facts in this reading or an earlier one
 * @param inputs the files that were read, the models file first, as they were just before they were read
 * @param reusable whether the same inputs would give the same again
 */
record FileReading(
        SourceSnapshot snapshot,
        Map<ModelCardReference, ModelCard> cards,
        boolean successful,
        List<FileStamp> inputs,
        boolean reusable) {
    /** The inputs as they are now. */
    List<FileStamp> inputsNow() {
        return inputs.stream().map(FileStamp::again).toList();
    }

    /** Whether reading again would be in vain. */
    boolean isCurrent() {
        return reusable && inputs.equals(inputsNow());
    }
}
