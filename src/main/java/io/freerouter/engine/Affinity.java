package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.routing.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a conversation with the model that answered it last, while that model works, because prompt caches, habits of calling
 * tools and hidden reasoning are the model's own. If there are too many conversations, the one whose last request is longest ago is
 * forgotten. Outlives every catalog. Safe to use from any thread.
 */
public final class Affinity {
    /** After this time without an answer a conversation is forgotten. */
    static final Duration LIFETIME = Duration.ofHours(2);

    static final int MOST = 10_000;

    /**
     * @param model the model that answered last
     * @param ownFrom the index of the message from which on this model wrote all answers
     * @param at when it answered
     */
    private record LastAnswer(ModelId model, int ownFrom, Instant at) {}

    private final boolean stay;
    private final Ticker ticker;
    private final Map<String, LastAnswer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LastAnswer> eldest) {
            return size() > MOST;
        }
    };

    /** @param stay whether a conversation stays with its model while the model works */
    public Affinity(boolean stay, Ticker ticker) {
        this.stay = stay;
        this.ticker = ticker;
    }

    /** The model that answered the conversation's last request; empty if affinity is off or the model is not known. */
    Optional<ModelId> usual(ChatRequest request, Instant now) {
        return stay ? lastAnswer(request, now).map(LastAnswer::model) : Optional.empty();
    }

    /**
     * The request for one model, without the hidden reasoning of other models. If the conversation is not known and the caller
     * names the model, all earlier answers count as the model's own.
     *
     * @param output how many tokens the model's answer may have
     */
    UpstreamRequest upstreamRequest(Model asked, ChatRequest request, long output) {
        ModelId model = asked.id();
        Optional<LastAnswer> last = lastAnswer(request, ticker.now());
        int unknown = last.isEmpty() && isNamed(model, request) ? 0 : RequestBody.NOTHING;
        return new UpstreamRequest(model, request, ownFrom(last, model).orElse(unknown), output);
    }

    private static boolean isNamed(ModelId model, ChatRequest request) {
        return request.needs().preference().names().contains(model.value());
    }

    /** Records that a model answers the request. */
    void answered(ModelId model, ChatRequest request) {
        Instant now = ticker.now();
        request.conversation().key().ifPresent(key -> {
            synchronized (answers) {
                int ownFrom = ownFrom(lastAnswer(request, now), model)
                        .orElse(request.conversation().messages());
                answers.put(key, new LastAnswer(model, ownFrom, now));
            }
        });
    }

    private Optional<LastAnswer> lastAnswer(ChatRequest request, Instant now) {
        return request.conversation().key().flatMap(key -> {
            synchronized (answers) {
                return Optional.ofNullable(answers.get(key))
                        .filter(answer -> now.isBefore(answer.at().plus(LIFETIME)));
            }
        });
    }

    /** The index of the message from which on the model wrote all answers; empty if another model answered last. */
    private static Optional<Integer> ownFrom(Optional<LastAnswer> last, ModelId model) {
        return last.filter(answer -> answer.model().equals(model)).map(LastAnswer::ownFrom);
    }
}
