package io.modelconnector.core.source.file;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Models that a file describes, in JSON or YAML. The file is read again when it changes: when it is written to,
 * replaced by another one, or reached through a link that now leads elsewhere, as in a mounted ConfigMap. It is best
 * replaced as a whole: write the new one beside it, then rename.
 *
 * <pre>{@code
 * registry: lab                                   # optional: the registry's name; else the file's, without its ending
 * models:
 *   - name: granite-3.1-8b-instruct
 *     description: Chat and summaries in twelve languages.
 *     owner: group:default/language-models
 *     lifecycle: production
 *     license: Apache-2.0
 *     tags: [chat, multilingual]
 *     properties: {Provider: IBM}
 *     versions:
 *       - name: 1.4.0
 *         uri: oci://registry.example.com/models/granite-3.1-8b-instruct:1.4.0
 *         card: cards/granite.md
 *         served:
 *           url: https://granite.models.example.com
 *           internalUrl: http://granite-predictor.models.svc.cluster.local:8080
 *           authentication: true
 *       - name: 1.3.0
 *         archived: true
 * served:
 *   - name: whisper-large-v3
 *     namespace: speech
 *     owner: user:default/jane
 *     url: https://whisper.models.example.com
 *     apiType: grpc
 * }</pre>
 *
 * <p>The file is UTF-8. It has {@code models}, {@code served} or both; a list that is empty is written {@code []}. JSON
 * has the same fields. Where a text is expected, a number or a boolean is taken as it is written: a version {@code
 * 3.10} needs no quotes. YAML aliases ({@code *name}) are refused.
 *
 * <p><b>A registered model</b> has:
 * <ul>
 *   <li>{@code name} (required; unique in the file) and {@code versions} (required: a version is what is published);
 *   <li>{@code description}, {@code owner}, {@code lifecycle}, {@code license}, {@code usage}, {@code ethics},
 *       {@code support}, {@code training}, {@code howToUse} (a URL), {@code techdocs} (a URL): texts;
 *   <li>{@code tags}: a list of texts. Portals take lower-case letters, digits, {@code :}, {@code +} and {@code #},
 *       joined by single hyphens;
 *   <li>{@code properties}: any further custom properties, by name; one in lower case becomes a tag, with its value;
 *   <li>{@code card}: the model card of versions that have none of their own; see below;
 *   <li>{@code archived}: {@code true} to publish none of its versions;
 *   <li>{@code id}: see below.
 * </ul>
 *
 * <p><b>A version</b> has a {@code name} (required; unique in its model), any of the fields of a model but
 * {@code versions}, which then win over the model's (the descriptions are joined), and:
 * <ul>
 *   <li>{@code uri}: where the model is;
 *   <li>{@code artifacts}: a list of further artifacts with {@code uri}, {@code type} ({@code model-artifact} unless
 *       given), {@code tags} and {@code properties};
 *   <li>{@code updated}: when it was last changed, {@code 2026-03-01} or {@code 2026-03-01T09:30:00Z};
 *   <li>{@code served}: what serves it, if anything does.
 * </ul>
 *
 * <p><b>A served model</b>, in a version or, without a registered version, in the list {@code served}, has:
 * <ul>
 *   <li>{@code url} (from outside of the platform) and {@code internalUrl} (from inside): at least one;
 *   <li>{@code authentication}: {@code true} if callers have to authenticate;
 *   <li>{@code apiType} ({@code openapi} unless given; {@code asyncapi}, {@code graphql}, {@code grpc}),
 *       {@code apiSpec} (its definition, or a link to it), {@code homepage} (a URL);
 *   <li>{@code ready}: {@code false} while it cannot be called;
 *   <li>{@code name} (required in the list; else the model's and the version's, joined by a hyphen), {@code namespace}
 *       (else the registry's name), {@code kind} (else {@code ModelServer}): together unique in the feed;
 *   <li>{@code created}: like {@code updated}; the older one keeps a name that two have;
 *   <li>{@code labels} and {@code annotations}, by name, for platforms that have them;
 *   <li>in the list only: {@code description}, {@code owner}, {@code lifecycle}, {@code license}, {@code usage}, {@code
 *       ethics}, {@code support}, {@code training}, {@code howToUse}, {@code techdocs}, {@code tags}, {@code uri}.
 * </ul>
 *
 * <p><b>A card</b> is the Markdown itself, or, if it is one line that ends in {@code .md} or {@code .markdown}, the
 * path of a file. The path starts from the directory of the models file and may not leave it, not even by a link. A
 * change of a card's file is noticed as a change of the models file is. While it cannot be read, the card stays as it
 * was. All distinct cards together have a {@linkplain Builder#maxCardsBytes limit}.
 *
 * <p><b>Ids</b> are derived from the names of model and version, so that they stay when other items come and go;
 * renaming makes another id. Give an {@code id}, a number of at most 18 digits, to keep it through a rename, or to say
 * which of two versions is the older one and keeps a name that both would have in the portal: the smaller, and any
 * given id is smaller than a derived one.
 *
 * <p><b>Mistakes.</b> An item with a mistake is left out and becomes a problem that names file, line, item and field;
 * the other items go on, and so does what the feed had of the item, if its name can still be read. A field that nobody
 * knows becomes a problem, too, but its item is used. A file that is not JSON or YAML, or is empty, is a failed read,
 * and everything stays as it was. All of it mends itself with the file.
 *
 * <p>Thread-safe as {@link ModelSource} demands. It keeps the cards in memory, equal ones once, but not the file. One
 * thread looks for changes once {@link #onChange} was called, by asking for size, time and identity of the files:
 * unlike file system events that works on network file systems and mounts, too.
 */
public final class StaticModelSource implements ModelSource {
    private final String name;
    private final Path file;
    private final Duration checkInterval;
    private final FileLoader loader;
    private final Object lifecycle = new Object();
    private volatile @Nullable FileReading last;
    private @Nullable FileWatch watch;
    private boolean closed;

    private StaticModelSource(Builder builder) {
        name = builder.name;
        file = builder.file;
        checkInterval = builder.checkInterval;
        FileLoader.Limits limits =
                new FileLoader.Limits(builder.maxFileBytes, builder.maxCardBytes, builder.maxCardsBytes);
        loader = new FileLoader(file, builder.syntax, builder.baseName, limits, builder.clock);
    }

    /**
     * A source with the defaults of its {@linkplain #builder(Path) builder}.
     *
     * @throws ConfigurationException see {@link #builder(Path)} and {@link Builder#build()}
     */
    public static StaticModelSource of(Path file) {
        return builder(file).build();
    }

    /**
     * Starts one.
     *
     * @param file the file; its name ends in {@code .json}, {@code .yaml} or {@code .yml}
     * @throws ConfigurationException if it ends otherwise, or in YAML while {@code jackson-dataformat-yaml} is not on
     *     the class path: the library asks for it only where a YAML file is used
     */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Reads the file and the cards that it names, unless none of them has changed. The snapshot has one part. A file
     * that cannot be read makes it a failed one; this never throws a {@code ConnectorException}.
     */
    @Override
    public SourceSnapshot read(ReadContext context) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before reading " + file);
        }
        FileReading reading = last;
        if (reading == null || context.fresh() || !reading.isCurrent()) {
            reading = loader.load(reading);
            last = reading;
        }
        return reading.snapshot();
    }

    @Override
    public void onChange(Runnable changed) {
        requireNonNull(changed, "changed");
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            if (watch != null) {
                throw new IllegalStateException("source \"" + name + "\" has a callback for changes already");
            }
            watch = new FileWatch(
                    "modelconnector-" + name + "-watch", new ChangeDetector(() -> last), checkInterval, changed);
            watch.start();
        }
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        FileReading reading = last;
        if (reading == null || !reading.successful()) {
            throw new SourceUnavailableException("looking for the card " + reference + " in " + file
                    + " failed: the file has not been read successfully yet");
        }
        return Optional.ofNullable(reading.cards().get(reference));
    }

    @Override
    public void close() {
        FileWatch ending;
        synchronized (lifecycle) {
            closed = true;
            ending = watch;
        }
        if (ending != null) {
            ending.close();
        }
    }

    /** The name and the file. */
    @Override
    public String toString() {
        return "StaticModelSource[" + name + ", " + file + ']';
    }

    /** Collects the settings of a {@link StaticModelSource}. Not thread-safe. */
    public static final class Builder {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
        private static final Duration MAX_CHECK_INTERVAL = Duration.ofDays(1);
        private static final long MAX_BYTES = 1L << 30;

        private final Path file;
        private final FileSyntax syntax;
        private final String baseName;
        private String name;
        private Duration checkInterval = Duration.ofMillis(250);
        private long maxFileBytes = 64L << 20;
        private long maxCardBytes = 1L << 20;
        private long maxCardsBytes = 64L << 20;
        private Clock clock = Clock.systemUTC();

        private Builder(Path file) {
            this.file = requireNonNull(file, "file");
            syntax = FileSyntax.of(file);
            String fileName = file.getFileName().toString();
            baseName = fileName.substring(0, fileName.lastIndexOf('.'));
            name = baseName.isEmpty() ? "file" : baseName.replaceAll("[^A-Za-z0-9._-]", "-");
        }

        /**
         * Sets the source's name. Default: the file's name without its ending, other characters than those allowed
         * replaced by {@code -}.
         *
         * @param name letters, digits, {@code .}, {@code _} and {@code -}; unique in the feed
         */
        public Builder name(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new ConfigurationException(
                        "name was \"" + name + "\", must be letters, digits, '.', '_' and '-', at least one");
            }
            this.name = name;
            return this;
        }

        /**
         * Sets how often to look for changes. A change is told of once it has stayed the same for one more look.
         * Default: 250 ms; at most a day.
         */
        public Builder checkInterval(Duration checkInterval) {
            if (checkInterval.isNegative()
                    || checkInterval.isZero()
                    || checkInterval.compareTo(MAX_CHECK_INTERVAL) > 0) {
                throw new ConfigurationException(
                        "checkInterval was " + checkInterval + ", must be positive and at most " + MAX_CHECK_INTERVAL);
            }
            this.checkInterval = checkInterval;
            return this;
        }

        /** Sets the largest file that is read, in bytes. Default: 64 MiB; at most 1 GiB. */
        public Builder maxFileBytes(long maxFileBytes) {
            this.maxFileBytes = requireBytes("maxFileBytes", maxFileBytes);
            return this;
        }

        /** Sets the largest card that is read from a file of its own, in bytes. Default: 1 MiB; at most 1 GiB. */
        public Builder maxCardBytes(long maxCardBytes) {
            this.maxCardBytes = requireBytes("maxCardBytes", maxCardBytes);
            return this;
        }

        /**
         * Sets how large all cards may be together, in bytes as UTF-8. Cards in the file and in files of their own
         * count; equal ones count once, however many versions have them. Room is given in the order of the file. A card
         * that does not fit is a problem that names it; its versions keep the card that they had if there is room for
         * that, else they are published without one. Default: 64 MiB; at most 1 GiB.
         */
        public Builder maxCardsBytes(long maxCardsBytes) {
            this.maxCardsBytes = requireBytes("maxCardsBytes", maxCardsBytes);
            return this;
        }

        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Makes the source. It reads nothing yet.
         *
         * @throws ConfigurationException if there is no such file, or this process may not read it
         */
        public StaticModelSource build() {
            if (!Files.exists(file)) {
                throw new ConfigurationException("file was " + file + ", but there is no such file");
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new ConfigurationException("file was " + file + ", must be a file that this process may read");
            }
            return new StaticModelSource(this);
        }

        private static long requireBytes(String setting, long bytes) {
            if (bytes < 1 || bytes > MAX_BYTES) {
                throw new ConfigurationException(setting + " was " + bytes + ", must be from 1 to " + MAX_BYTES);
            }
            return bytes;
        }
    }
}
