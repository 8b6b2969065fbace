package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the documentation of a model is served, in one of three forms: two for portals that have a reader for model cards,
 * and one for portals that have none and take the server for a Gitea. Each form is built from its parts, written as
 * {@link #text()}, and read by {@link #parse}. Immutable and thread-safe.
 */
public sealed interface TechDocsUrl {
    /** The URL; without a base it is relative to whatever the reader takes for one, and begins with a slash. */
    String text();

    /**
     * The card of the location contract: {@code <base>/modelcard?key=<card key>}.
     *
     * @param base where the endpoint is reached, without a slash at the end; empty for a relative URL
     * @param cardKey the {@linkplain ModelCardReference#key() card key}
     */
    record LocationCard(String base, String cardKey) implements TechDocsUrl {
        /** Checks that nothing is null. */
        public LocationCard {
            requireNonNull(base, "base");
            requireNonNull(cardKey, "cardKey");
        }

        @Override
        public String text() {
            return base + "/modelcard?key=" + encode(cardKey);
        }
    }

    /**
     * The card of the connector contract: {@code <base>/modelcard/<source>/<group>/<name>}. Slashes in the name stay as they
     * are, those in source and group are encoded.
     *
     * @param base where the endpoint is reached, without a slash at the end; empty for a relative URL
     * @param card which card; not one of which {@linkplain ModelCardReference#isKeyOnly() only the key} is known
     */
    record ConnectorCard(String base, ModelCardReference card) implements TechDocsUrl {
        /**
         * Checks the card.
         *
         * @throws IllegalArgumentException if only its key is known
         */
        public ConnectorCard {
            requireNonNull(base, "base");
            if (card.isKeyOnly()) {
                throw new IllegalArgumentException("the model card " + card.name() + " is known by its key alone");
            }
        }

        @Override
        public String text() {
            String name = Arrays.stream(card.name().split("/", -1))
                    .map(TechDocsUrl::encode)
                    .collect(Collectors.joining("/"));
            return base + "/modelcard/" + encode(card.source()) + '/' + encode(card.group()) + '/' + name;
        }
    }

    /**
     * The site of an entry, as Gitea has branches: {@code <base>/<segment>/<segment>/src/branch/main}.
     *
     * @param base where the endpoint is reached, without a slash at the end
     * @param entry the key of the entry
     */
    record GiteaSite(String base, EntryKey entry) implements TechDocsUrl {
        /** The only branch. */
        public static final String BRANCH = "main";

        /** Checks that nothing is null. */
        public GiteaSite {
            requireNonNull(base, "base");
            requireNonNull(entry, "entry");
        }

        @Override
        public String text() {
            return base + entry.path("src/branch/" + BRANCH);
        }
    }

    /**
     * The address of a card in the location contract.
     *
     * @param base where the endpoint is reached; null for a relative URL
     * @param card which card
     */
    static TechDocsUrl ofLocation(@Nullable URI base, ModelCardReference card) {
        return new LocationCard(baseText(base), card.key());
    }

    /**
     * The address of a card in the connector contract; in the form of the location contract, which the connector's readers
     * take as well, if only the card's key is known.
     *
     * @param base where the connector contract is reached; null for a relative URL
     * @param card which card
     */
    static TechDocsUrl ofConnector(@Nullable URI base, ModelCardReference card) {
        return card.isKeyOnly() ? ofLocation(base, card) : new ConnectorCard(baseText(base), card);
    }

    /**
     * The address of an entry's documentation site for a portal that takes the server for a Gitea.
     *
     * @param base where the endpoint is reached, under the name that the portal's {@code integrations.gitea} has for it
     * @param entry the key of the entry
     */
    static TechDocsUrl ofGitea(URI base, EntryKey entry) {
        return new GiteaSite(baseText(base), entry);
    }

    /**
     * Reads an address in any of the three forms, absolute or relative.
     *
     * @param url the address, percent-encoded
     * @return its parts; nothing if it is of no form
     */
    static Optional<TechDocsUrl> parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (uri.getRawFragment() != null || uri.isOpaque()) {
            return Optional.empty();
        }
        String origin = uri.getRawAuthority() == null ? "" : uri.getScheme() + "://" + uri.getRawAuthority();
        return TechDocsUrlForms.parse(origin, uri.getRawPath(), uri.getRawQuery());
    }

    private static String baseText(@Nullable URI base) {
        String text = base == null ? "" : base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Percent-encodes everything but the unreserved characters of RFC 3986. */
    private static String encode(String text) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean alphanumeric = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (alphanumeric || "-._~".indexOf(b) >= 0) {
                encoded.write(b);
            } else {
                encoded.writeBytes(String.format("%%%02X", b & 0xff).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return encoded.toString(StandardCharsets.US_ASCII);
    }
}
