package io.modelconnector.core.source.file;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the file and the cards that it names, as they are together at one moment. */
final class FileLoader {
    /** A file that is replaced while it is read is rare; one that is replaced three times in a row is being written. */
    private static final int MAX_ATTEMPTS = 3;

    /**
     * Within the granularity of its file system's clock, two seconds on FAT, a file may change without a new time. What
     * was modified more recently than that when it was read is read again the next time.
     */
    private static final Duration TIME_GRANULARITY = Duration.ofSeconds(2);

    private final Path file;
    private final FileSyntax syntax;
    private final String defaultRegistry;
    private final Limits limits;
    private final Clock clock;

    FileLoader(Path file, FileSyntax syntax, String defaultRegistry, Limits limits, Clock clock) {
        this.file = file;
        this.syntax = syntax;
        this.defaultRegistry = defaultRegistry;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Reads everything.
     *
     * @param last the last reading, if there was one
     */
    FileReading load(@Nullable FileReading last) throws InterruptedException {
        FileReading reading = loadOnce(last);
        for (int attempt = 1; !reading.inputs().equals(reading.inputsNow()); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                ConnectorException failure = new SourceUnavailableException("reading " + file
                        + " was given up: it or a card changed each time meanwhile; what was read before stays");
                return failed(last, failure, reading.inputs(), false);
            }
            reading = loadOnce(last);
        }
        return reading;
    }

    private FileReading loadOnce(@Nullable FileReading last) throws InterruptedException {
        Instant settled = clock.instant().minus(TIME_GRANULARITY);
        FileStamp stamp = FileStamp.of(file);
        List<FileStamp> inputs = new ArrayList<>(List.of(stamp));
        try {
            return found(last, FileContent.text(file, limits.fileBytes()), inputs, settled);
        } catch (InvalidFileException e) {
            ConnectorException failure = new MalformedResponseException(
                    "reading " + file + " failed at " + e.getMessage() + "; mend it, what was read before stays", e);
            return failed(last, failure, inputs, stamp.isModifiedBefore(settled));
        } catch (AccessDeniedException e) {
            ConnectorException failure = new SourceRejectedException(
                    "reading " + file + " failed: this process is not allowed to; give its user the right to read it",
                    e);
            return failed(last, failure, inputs, false);
        } catch (IOException e) {
            ConnectorException failure = new SourceUnavailableException(
                    "reading " + file + " failed: " + FileContent.reason(e) + "; what was read before stays", e);
            return failed(last, failure, inputs, false);
        }
    }

    private FileReading found(@Nullable FileReading last, String text, List<FileStamp> inputs, Instant settled)
            throws InvalidFileException, InterruptedException {
        CardFiles cardFiles = new CardFiles(directoryOf(file), limits.cardBytes());
        Cards cards = new Cards(cardFiles, limits.cardsBytes(), cardsOf(last));
        Findings findings =
                FileFacts.read(Document.parse(syntax, text), file.getFileName().toString(), defaultRegistry, cards);
        SourceSnapshot snapshot = new SourceSnapshot(List.of(SourcePart.complete(
                SourcePart.ONLY, findings.modelVersions(), findings.servedModels(), findings.problems())));
        inputs.addAll(cardFiles.stamps());
        boolean reusable = !cardFiles.failed() && inputs.stream().allMatch(input -> input.isModifiedBefore(settled));
        return new FileReading(
                last != null && snapshot.equals(last.snapshot()) ? last.snapshot() : snapshot,
                cards.all(),
                true,
                List.copyOf(inputs),
                reusable);
    }

    private static FileReading failed(
            @Nullable FileReading last, ConnectorException failure, List<FileStamp> inputs, boolean reusable) {
        return new FileReading(
                new SourceSnapshot(List.of(SourcePart.failed(SourcePart.ONLY, failure))),
                cardsOf(last),
                last != null && last.successful(),
                List.copyOf(inputs),
                reusable);
    }

    private static Map<ModelCardReference, ModelCard> cardsOf(@Nullable FileReading last) {
        return last == null ? Map.of() : last.cards();
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /**
     * How much is read and kept.
     *
     * @param fileBytes the largest models file
     * @param cardBytes the largest card in a file of its own
     * @param cardsBytes all distinct cards together
     */
    record Limits(long fileBytes, long cardBytes, long cardsBytes) {}
}
