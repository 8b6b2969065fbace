package io.modelconnector.core.endpoint;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.format.ModelCatalogValidator;
import io.modelconnector.core.format.ModelCatalogValidator.Violation;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.core.store.UpsertDocument;
import java.util.List;
import java.util.Optional;

/** Reads the entries that are sent, and refuses what must not be served. */
enum PayloadRule {
    /** Each payload is a model catalog: a portal that is served anything else drops all that it reads with it. */
    MODEL_CATALOG {
        @Override
        void check(Payload payload) throws BadRequestException {
            byte[] bytes = new byte[payload.length()];
            payload.bytes().get(bytes);
            List<Violation> violations = ModelCatalogValidator.validate(bytes);
            if (!violations.isEmpty()) {
                throw new BadRequestException("the payload is not a model catalog: " + violations.get(0));
            }
        }
    },

    /** Payloads of other formats are taken as they are. */
    ANY {
        @Override
        void check(Payload payload) {}
    };

    static PayloadRule of(FeedFormat format) {
        return format instanceof JsonArrayFormat ? MODEL_CATALOG : ANY;
    }

    abstract void check(Payload payload) throws BadRequestException;

    /**
     * Reads an entry.
     *
     * @return the entry; nothing if there is nothing in it to keep. In the YAML format, the existing normalizer sends
     *     entries that only the serving side knows without any content, and again and again until they are taken
     */
    Optional<StoredEntry> read(String importKey, String type, byte[] document) throws BadRequestException {
        StoredEntry entry;
        try {
            entry = UpsertDocument.read(importKey, type, document);
        } catch (MalformedResponseException e) {
            throw new BadRequestException("the body cannot be read: " + e.getMessage());
        }
        check(entry.body());
        return Optional.of(entry).filter(read -> read.body().length() > 0);
    }
}
