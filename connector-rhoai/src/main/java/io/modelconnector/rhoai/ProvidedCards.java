package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.rhoai.client.CardAnswer;
import io.modelconnector.rhoai.client.CardLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Asks the user's provider for cards, a few at once. Whatever it does costs only the card. Thread-safe. */
final class ProvidedCards {
    private static final int AT_ONCE = 8;

    private final ModelCardProvider provider;
    private final CardLimit limit;
    private final ExecutorService threads;

    /**
     * Cards of a provider.
     *
     * @param threads where it is asked; borrowed
     */
    ProvidedCards(ModelCardProvider provider, CardLimit limit, ExecutorService threads) {
        this.provider = provider;
        this.limit = limit;
        this.threads = threads;
    }

    /** Asks for cards; the answers are in their order. */
    List<CardAnswer> cards(List<ModelCardReference> references) throws InterruptedException {
        List<CardAnswer> answers = new ArrayList<>();
        for (int next = 0; next < references.size(); next += AT_ONCE) {
            List<ModelCardReference> group = references.subList(next, Math.min(next + AT_ONCE, references.size()));
            List<Callable<CardAnswer>> questions = new ArrayList<>();
            group.forEach(reference -> questions.add(() -> card(reference)));
            try {
                int answered = 0;
                for (Future<CardAnswer> answer : threads.invokeAll(questions)) {
                    answers.add(answer(group.get(answered++), answer));
                }
            } catch (RejectedExecutionException e) {
                throw new SourceUnavailableException("the source is closed", e);
            }
        }
        return answers;
    }

    /** Asks for a card on the calling thread. */
    CardAnswer card(ModelCardReference reference) {
        try {
            return limit.answer(
                    reference, provider.card(reference).map(ModelCard::markdown).orElse(null));
        } catch (ConnectorException e) {
            return new CardAnswer.Failed(reference, e);
        } catch (RuntimeException | LinkageError e) {
            return failed(reference, e);
        }
    }

    private static CardAnswer answer(ModelCardReference reference, Future<CardAnswer> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            return failed(reference, e.getCause() == null ? e : e.getCause());
        }
    }

    private static CardAnswer failed(ModelCardReference reference, Throwable why) {
        return new CardAnswer.Failed(
                reference, new SourceUnavailableException("the provider of model cards failed: " + why, why));
    }
}
