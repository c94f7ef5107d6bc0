package io.freerouter.engine;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.routing.Conversations;
import io.freerouter.routing.Ticker;
import java.util.Optional;

/** What binds a request's conversation to a model. Safe to use from any thread. */
final class Ties {
    private final Conversations conversations;
    private final boolean stay;
    private final Ticker ticker;

    /** @param stay whether a conversation stays with its model while that is well */
    Ties(Conversations conversations, boolean stay, Ticker ticker) {
        this.conversations = conversations;
        this.stay = stay;
        this.ticker = ticker;
    }

    /** Who should answer the request since it answered the one before; empty if that does not matter or is not known. */
    Optional<ModelId> usual(ChatRequest request) {
        return request.conversation().key().filter(key -> stay).flatMap(key -> conversations.model(key, ticker.now()));
    }

    /**
     * The request as it is put to a model: what other models hid in their answers for themselves is left out. Where nothing
     * is known of the conversation, a caller who names the model is taken to have talked to it.
     */
    Question question(Model asked, ChatRequest request) {
        ModelId model = asked.id();
        Optional<String> key = request.conversation().key();
        boolean known =
                key.flatMap(one -> conversations.model(one, ticker.now())).isPresent();
        int unknown = !known && isNamed(model, request) ? 0 : Body.NOTHING;
        int ownFrom = key.flatMap(one -> conversations.ownFrom(one, model, ticker.now()))
                .orElse(unknown);
        return new Question(model, request, ownFrom, request.needs().size().outputOf(asked));
    }

    private static boolean isNamed(ModelId model, ChatRequest request) {
        return request.needs().wishes().names().contains(model.value());
    }

    /** A model answers the request. */
    void answers(ModelId model, ChatRequest request) {
        int messages = request.conversation().messages();
        request.conversation().key().ifPresent(key -> conversations.answered(key, model, messages, ticker.now()));
    }
}
