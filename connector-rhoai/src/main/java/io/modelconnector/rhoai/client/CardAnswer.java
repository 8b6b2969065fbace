package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;

/** What the catalog says about one model card. */
public sealed interface CardAnswer {
    /** Which card. */
    ModelCardReference reference();

    /**
     * The catalog has it.
     *
     * @param card the card
     */
    record Found(ModelCard card) implements CardAnswer {
        /** Checks that nothing is null. */
        public Found {
            requireNonNull(card, "card");
        }

        @Override
        public ModelCardReference reference() {
            return card.reference();
        }
    }

    /**
     * The catalog does not have the model, or it has no card.
     *
     * @param reference which card
     */
    record Absent(ModelCardReference reference) implements CardAnswer {
        /** Checks that nothing is null. */
        public Absent {
            requireNonNull(reference, "reference");
        }
    }

    /**
     * The catalog has it, but it is too long to be used.
     *
     * @param reference which card
     * @param limit how many bytes it may have
     */
    record TooLong(ModelCardReference reference, int limit) implements CardAnswer {
        /** Checks that nothing is null. */
        public TooLong {
            requireNonNull(reference, "reference");
        }
    }

    /**
     * It cannot be told.
     *
     * @param reference which card
     * @param failure why
     */
    record Failed(ModelCardReference reference, ConnectorException failure) implements CardAnswer {
        /** Checks that nothing is null. */
        public Failed {
            requireNonNull(reference, "reference");
            requireNonNull(failure, "failure");
        }
    }
}
