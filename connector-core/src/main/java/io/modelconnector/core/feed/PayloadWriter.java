package io.modelconnector.core.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.source.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes entries and lists in all formats of the feed. */
final class PayloadWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final List<FeedFormat> formats;

    PayloadWriter(List<FeedFormat> formats) {
        this.formats = formats;
    }

    /** Writes an entry in each format that can say it; the others become problems of the entry. */
    FeedEntry write(CatalogEntry entry) {
        Map<FeedFormat, Payload> payloads = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (FeedFormat format : formats) {
            try {
                payloads.put(format, Payload.of(format.write(entry)));
            } catch (RuntimeException e) {
                problems.add(new Problem(
                        entry.origin().id(),
                        "entry " + entry.key() + " cannot be written as " + format.name() + " and is left out there: "
                                + e));
            }
        }
        return new FeedEntry(entry, payloads, problems);
    }

    /** The list of the entries in each format, without those that cannot be written in it. */
    Map<FeedFormat, Payload> lists(List<FeedEntry> entries) {
        Map<FeedFormat, Payload> lists = new HashMap<>();
        for (FeedFormat format : formats) {
            lists.put(format, Payload.of(list(entries, format)));
        }
        return lists;
    }

    private static byte[] list(List<FeedEntry> entries, FeedFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + entries.size() * 64);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("uris");
            for (FeedEntry entry : entries) {
                if (entry.payload(format).isPresent()) {
                    json.writeString(entry.key().path(format.fileName()));
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
