package io.freerouter.failure;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Why a caller gets no answer. Each dialect says it in its own shape. */
public sealed interface Refusal {
    /** The models that were asked failed, for whatever reason. */
    sealed interface Failed extends Refusal {
        /** All attempts, in the order asked; never empty. */
        List<FailedAttempt> attempts();
    }

    /**
     * The upstream refused the request itself, or so many providers did that another model would most likely not change that.
     *
     * @param model the model that was asked last
     * @param failure the last refusal, with a status and usually the upstream's own words
     * @param attempts how many models were asked, including this one
     */
    record Rejected(ModelId model, Failure failure, int attempts) implements Refusal {}

    /**
     * Every model that was asked failed.
     *
     * @param attempts all attempts, in the order asked; never empty
     */
    record AllFailed(List<FailedAttempt> attempts) implements Failed {
        public AllFailed {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Several models refused for the same reason, so the reason is likely to be in the request or the account. No other model was
     * asked, or no other was left.
     *
     * @param reason the kind that the refusals share
     * @param attempts all attempts, in the order asked; never empty
     */
    record CommonRefusal(FailureKind reason, List<FailedAttempt> attempts) implements Failed {
        public CommonRefusal {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * The account has used up the requests of a window, by the upstream's word or by our own count.
     *
     * @param window the window that is used up
     * @param limit how many requests the window allows, if known
     * @param resetsAt when the next window begins
     * @param attempts how many models were asked for this request before
     */
    record QuotaSpent(QuotaWindow window, OptionalLong limit, Instant resetsAt, int attempts) implements Refusal {}

    /**
     * No free model can do what the request needs.
     *
     * @param unmetNeeds the needs that some models cannot meet; never empty
     */
    record Unsuited(List<UnmetNeed> unmetNeeds) implements Refusal {
        public Unsuited {
            unmetNeeds = List.copyOf(unmetNeeds);
        }
    }

    /**
     * The request is too long for every model that was asked, and no larger one is left.
     *
     * @param attempts all attempts, in the order asked; never empty
     * @param largestContext how many tokens the largest of them takes, 0 if unknown
     */
    record TooLong(List<FailedAttempt> attempts, long largestContext) implements Refusal {
        public TooLong {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * None of the models that the caller limited the request to is free.
     *
     * @param names as the caller wrote them; never empty
     */
    record NoneFree(List<String> names) implements Refusal {
        public NoneFree {
            names = List.copyOf(names);
        }
    }

    /**
     * The only model that may answer failed.
     *
     * @param attempt the attempt on that model
     * @param readyAt when the model's cooldown ends; empty if it has none
     */
    record OneFailed(FailedAttempt attempt, Optional<Instant> readyAt) implements Failed {
        @Override
        public List<FailedAttempt> attempts() {
            return List.of(attempt);
        }
    }

    /**
     * A request for embeddings names no free model for embeddings.
     *
     * @param free the free models for embeddings; may be empty
     */
    record NotEmbedding(List<ModelId> free) implements Refusal {
        public NotEmbedding {
            free = List.copyOf(free);
        }
    }

    /**
     * No connection to the upstream can be made. Nothing was spent, and the next attempt may succeed.
     *
     * @param attempts all attempts, in the order asked; never empty
     */
    record Unreachable(List<FailedAttempt> attempts) implements Failed {
        public Unreachable {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Every model that could answer failed lately, and other requests are probing it. No model was asked.
     *
     * @param readyAt when to ask again
     */
    record AllCoolingDown(Instant readyAt) implements Refusal {}

    /** There is no key for the upstream. */
    record NoKey() implements Refusal {}

    /**
     * There is no model to ask.
     *
     * @param why what is known of the reason, in words of our own
     */
    record NoModels(String why) implements Refusal {}
}
