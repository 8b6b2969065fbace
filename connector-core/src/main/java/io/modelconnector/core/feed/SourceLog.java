package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Says once when a source or a part of it goes stale, and once when it is back; in between only at debug level. */
final class SourceLog {
    private SourceLog() {}

    static void changed(Logger log, String source, SourceState before, SourceState after, @Nullable Throwable cause) {
        if (after.failure() != null) {
            if (before.failure() == null) {
                log.warn("source \"{}\": {}; what is served of it stays", source, after.failure(), cause);
            } else {
                log.debug("source \"{}\" still fails: {}", source, after.failure(), cause);
            }
            return;
        }
        boolean recovered = before.failure() != null;
        if (recovered) {
            log.info("source \"{}\" can be read again", source);
        }
        after.parts().forEach((name, part) -> {
            PartState known = before.parts().get(name);
            ProblemLog.changed(log, problems(known), problems(part));
            String earlier = known == null || recovered ? null : known.trouble();
            String trouble = part.trouble();
            if (trouble != null && earlier == null) {
                log.warn("source \"{}\", {}: {}; what is served of it stays", source, name, trouble);
            } else if (trouble != null && !Objects.equals(trouble, earlier)) {
                log.debug("source \"{}\", {}: now {}", source, name, trouble);
            } else if (trouble == null && earlier != null) {
                log.info("source \"{}\", {}: is up to date again", source, name);
            }
        });
    }

    private static List<Problem> problems(@Nullable PartState part) {
        return part == null || part.facts() == null ? List.of() : part.facts().problems();
    }
}
