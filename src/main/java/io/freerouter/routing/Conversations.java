package io.freerouter.routing;

import io.freerouter.catalog.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which model answered a conversation last. A conversation stays with its model while that is well: caches, tool-call habits
 * and hidden reasoning hold. Outlives every catalog; of too many the one heard of longest ago is forgotten. Safe to use from
 * any thread.
 */
public final class Conversations {
    /** How long nothing may be heard of a conversation. */
    static final Duration LIFETIME = Duration.ofHours(2);

    static final int MOST = 10_000;

    /**
     * @param model who answered last
     * @param ownFrom the index of the message from which on it has written all answers
     * @param at when
     */
    private record Tie(ModelId model, int ownFrom, Instant at) {
        boolean holds(Instant now) {
            return now.isBefore(at.plus(LIFETIME));
        }
    }

    private final Map<String, Tie> ties = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tie> eldest) {
            return size() > MOST;
        }
    };

    /** Who answered a conversation last; empty if that is not known, or too long ago. */
    public synchronized Optional<ModelId> model(String conversation, Instant now) {
        return tie(conversation, now).map(Tie::model);
    }

    /** The index of the message from which on the model has written all answers; empty if it did not answer last. */
    public synchronized Optional<Integer> ownFrom(String conversation, ModelId model, Instant now) {
        return tie(conversation, now).filter(tie -> tie.model().equals(model)).map(Tie::ownFrom);
    }

    private Optional<Tie> tie(String conversation, Instant now) {
        return Optional.ofNullable(ties.get(conversation)).filter(tie -> tie.holds(now));
    }

    /**
     * A model has answered a conversation.
     *
     * @param messages how many messages there were before its answer
     */
    public synchronized void answered(String conversation, ModelId model, int messages, Instant now) {
        int ownFrom = ownFrom(conversation, model, now).orElse(messages);
        ties.put(conversation, new Tie(model, ownFrom, now));
    }
}
