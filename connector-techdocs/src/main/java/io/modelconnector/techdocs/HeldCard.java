package io.modelconnector.techdocs;

import io.modelconnector.core.format.Payload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was last learnt of one card: its text as it is shown, or that there is none. Immutable. */
final class HeldCard {
    /** What a card costs beside its bytes: names, digests, and the nodes of the cache. */
    private static final int OVERHEAD = 512;

    /** A reader may still ask for the version before the last; none asks for this many. */
    private static final int LONGEST_MEMORY = 4;

    private final Optional<Payload> text;
    private final String digest;
    private final List<String> asked;
    private final long learnt;

    private HeldCard(Optional<Payload> text, String digest, List<String> asked, long learnt) {
        this.text = text;
        this.digest = digest;
        this.asked = asked;
        this.learnt = learnt;
    }

    /**
     * A card.
     *
     * @param text what is shown
     * @param digest the digest of the text of which that was made
     * @param asked the digest of the text that was asked for; empty if that was not known
     * @param now when it was read
     */
    static HeldCard of(Payload text, String digest, String asked, long now) {
        return new HeldCard(Optional.of(text), digest, List.of(asked), now);
    }

    /** That there is no such card. */
    static HeldCard absent(String asked, long now) {
        return new HeldCard(Optional.empty(), "", List.of(asked), now);
    }

    /**
     * The same, which also stands for another version: it was found again when that was asked for, or that could not be read.
     *
     * @param version the digest of the text that was asked for
     * @param now when that was
     */
    HeldCard standingFor(String version, long now) {
        return new HeldCard(text, digest, with(version), now);
    }

    private List<String> with(String version) {
        List<String> others =
                asked.stream().filter(other -> !other.equals(version)).toList();
        int first = Math.max(0, others.size() - LONGEST_MEMORY + 1);
        return Stream.concat(others.subList(first, others.size()).stream(), Stream.of(version))
                .toList();
    }

    Optional<Payload> text() {
        return text;
    }

    String digest() {
        return digest;
    }

    /** When it was learnt, or last found to be so. */
    long learnt() {
        return learnt;
    }

    boolean isAbsent() {
        return text.isEmpty();
    }

    /** Whether this is what is answered for a text: it is that text, or was found in its place. */
    boolean standsFor(String version) {
        return version.isEmpty() || (version.equals(digest) && text.isPresent()) || asked.contains(version);
    }

    /** Whether it is the very text that was asked for last, and no other one is known to exist. */
    boolean confirmed() {
        return text.isPresent() && lastAsked().equals(digest);
    }

    /** What was asked for last: the version to look for when it is read again. */
    String lastAsked() {
        return asked.get(asked.size() - 1);
    }

    /** The bytes that it keeps. */
    int weight() {
        if (text.isEmpty()) {
            return OVERHEAD;
        }
        Payload payload = text.get();
        int compressed = payload.compressible() ? payload.gzip().remaining() : 0;
        return (int) Math.min(Integer.MAX_VALUE, (long) payload.length() + compressed + OVERHEAD);
    }
}
