package io.modelconnector.core.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A feed of this process as it is served: each entry in each format, and the model cards that its sources know. */
final class FeedContent implements ServedContent {
    /** How many bytes of model cards are kept as they are served. */
    private static final long CARD_BYTES = 8L << 20;

    private final ModelFeed feed;
    private final List<FeedFormat> formats;
    private final List<ServedFile> files;
    private final Cache<CardVersion, Payload> cards = Caffeine.newBuilder()
            .maximumWeight(CARD_BYTES)
            .weigher((CardVersion version, Payload card) -> card.length())
            .executor(Runnable::run)
            .build();

    FeedContent(ModelFeed feed) {
        this.feed = feed;
        this.formats =
                feed.formats().stream().filter(FeedFormat::inLocationContract).toList();
        this.files = formats.stream().map(ServedFile::of).toList();
    }

    @Override
    public boolean ready() {
        return feed.snapshot().published();
    }

    @Override
    public Optional<Payload> list() {
        return formats.isEmpty() ? Optional.empty() : feed.snapshot().list(formats.get(0));
    }

    @Override
    public List<ServedFile> files() {
        return files;
    }

    @Override
    public Optional<Payload> entry(String location, ServedFile file) {
        Optional<FeedEntry> entry = feed.snapshot().readable(location);
        int format = files.indexOf(file);
        return entry.isEmpty() || format < 0 ? Optional.empty() : entry.get().payload(formats.get(format));
    }

    @Override
    public Optional<CardVersion> cardVersion(String cardKey) {
        return feed.snapshot().card(cardKey);
    }

    @Override
    public Optional<Payload> card(CardVersion version) {
        return Optional.ofNullable(cards.get(version, this::read));
    }

    @Override
    public boolean isAtHand(CardVersion version) {
        return cards.getIfPresent(version) != null;
    }

    private @Nullable Payload read(CardVersion version) {
        return feed.card(version.reference())
                .map(card -> Payload.of(card.markdown().getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }
}
