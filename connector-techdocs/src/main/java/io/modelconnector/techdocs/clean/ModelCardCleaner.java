package io.modelconnector.techdocs.clean;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model card fit to be shown by MkDocs, TechDocs or another renderer of Markdown, whoever wrote it.
 *
 * <p>What comes out has no script, event handler, form or frame, no link but to the web and to mail, and no picture but from
 * hosts that are allowed; nothing in it is read by a plug-in as a template, an include or a program to run. YAML front matter
 * becomes a table at the top. There is one title. Everything else stays as it is: a card with nothing to clean comes out as it
 * went in, and cleaning a cleaned card changes nothing.
 *
 * <p>Cleaning never fails. A card that cannot be shown as Markdown, such as one that nests lists a thousand deep, is shown as
 * text.
 *
 * <p>Immutable and thread-safe. The time for a card grows with its length, which is limited.
 */
public final class ModelCardCleaner {
    private static final int DEFAULT_MAX_BYTES = 1024 * 1024;
    private static final int MOST_PASSES = 6;
    private static final ModelCardCleaner DEFAULTS = builder().build();

    private final Set<String> imageHosts;
    private final int maxBytes;

    private ModelCardCleaner(Builder builder) {
        imageHosts = Set.copyOf(builder.imageHosts);
        maxBytes = builder.maxBytes;
    }

    /** Shows pictures from the card's origin only, and cards of up to 1 MiB. */
    public static ModelCardCleaner defaults() {
        return DEFAULTS;
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Cleans a card of which only the text is known; its relative links become text. Never throws. */
    public CleanCard clean(String markdown) {
        return clean(markdown, null);
    }

    /**
     * Cleans a card. Never throws.
     *
     * @param markdown the card as it came
     * @param origin the directory in which the card lies, against which relative links are resolved and whose host may show
     *     pictures; null, or anything but an http(s) URL, if it is not known
     */
    public CleanCard clean(String markdown, @Nullable URI origin) {
        String text = Characters.clean(markdown);
        LinkTargets targets = new LinkTargets(directory(origin), imageHosts);
        String shown = SizeLimit.cut(text, maxBytes);
        CardHead.Split split = CardHead.split(shown);
        String clean = settled(split.body(), targets);
        if (clean == null && SizeLimit.exceeds(text, maxBytes / 2)) {
            // It may be what cleaning adds that makes it too long.
            split = CardHead.split(SizeLimit.cut(text, maxBytes / 4 * 3));
            clean = settled(split.body(), targets);
        }
        if (clean == null) {
            clean = PlainCard.of(shown, SizeLimit.bytes(text), maxBytes / 4);
        }
        return new CleanCard(clean, split.frontMatter(), !clean.equals(markdown));
    }

    /**
     * Cleans a card as it came over the wire. Its encoding is found by a byte-order mark, else it is UTF-8, else windows-1252.
     * Never throws.
     *
     * @param bytes the card as it came
     * @param origin as in {@link #clean(String, URI)}
     */
    public CleanCard clean(byte[] bytes, @Nullable URI origin) {
        String text = CardDecoder.decode(bytes);
        CleanCard clean = clean(text, origin);
        boolean changed =
                clean.changed() || !Arrays.equals(bytes, clean.markdown().getBytes(StandardCharsets.UTF_8));
        return new CleanCard(clean.markdown(), clean.frontMatter(), changed);
    }

    /**
     * A card as text, for one that cannot be cleaned: its title if it has one, and then what was written, in which nothing has a
     * meaning to any renderer. What is too long is cut, with a note. Never throws.
     */
    public static String asText(String markdown) {
        String text = Characters.clean(markdown);
        return PlainCard.of(text, SizeLimit.bytes(text), DEFAULT_MAX_BYTES / 4);
    }

    /**
     * Mends until nothing is left to mend: what is taken out may bring something else to light. Null if that takes too long, makes
     * the card too long, or if it cannot be shown as Markdown.
     */
    private @Nullable String settled(String body, LinkTargets targets) {
        String before = body;
        for (int pass = 0; pass < MOST_PASSES && !SizeLimit.exceeds(before, maxBytes); pass++) {
            String mended = CardPass.run(before, targets);
            if (mended == null) {
                return null;
            }
            String after = CardHead.guarded(Characters.clean(mended));
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        return null;
    }

    private static @Nullable URI directory(@Nullable URI origin) {
        if (origin == null || origin.getHost() == null) {
            return null;
        }
        String scheme = origin.getScheme() == null ? "" : origin.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        String path = origin.getRawPath();
        String directory = path.endsWith("/") ? path : path + "/";
        String port = origin.getPort() < 0 ? "" : ":" + origin.getPort();
        return URI.create(scheme + "://" + origin.getHost() + port + directory);
    }

    /** Makes a cleaner. Not thread-safe. */
    public static final class Builder {
        private static final int SMALLEST = 1024;
        private static final int LARGEST = 64 * 1024 * 1024;

        private Set<String> imageHosts = Set.of();
        private int maxBytes = DEFAULT_MAX_BYTES;

        private Builder() {}

        /**
         * Hosts whose pictures are shown, besides that of the card's origin. None by default: a viewer's browser calls them.
         *
         * @param hosts names without scheme or port, such as {@code cdn-uploads.huggingface.co}
         * @throws IllegalArgumentException if one of them is no host name
         */
        public Builder imageHosts(String... hosts) {
            Set<String> names = new HashSet<>();
            for (String host : hosts) {
                String name = Objects.requireNonNull(host, "host").toLowerCase(Locale.ROOT);
                boolean plain = !name.isEmpty()
                        && name.chars()
                                .allMatch(c -> c < 0x80 && (Entities.isAlphanumeric((char) c) || c == '-' || c == '.'));
                if (!plain) {
                    throw new IllegalArgumentException(
                            "imageHosts must be host names such as cdn.example.com, was \"" + host + "\"");
                }
                names.add(name);
            }
            imageHosts = names;
            return this;
        }

        /**
         * The longest card that is shown whole, in bytes of UTF-8. A longer one is cut at the end of a line, and says so. 1 MiB by
         * default.
         *
         * @throws IllegalArgumentException if not between 1 KiB and 64 MiB
         */
        public Builder maxBytes(int bytes) {
            if (bytes < SMALLEST || bytes > LARGEST) {
                throw new IllegalArgumentException("maxBytes must be between 1 KiB and 64 MiB, was " + bytes);
            }
            maxBytes = bytes;
            return this;
        }

        /** The cleaner. */
        public ModelCardCleaner build() {
            return new ModelCardCleaner(this);
        }
    }
}
