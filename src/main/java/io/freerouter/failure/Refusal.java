package io.freerouter.failure;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Why a caller gets no answer. Each dialect says it in its own shape. */
public sealed interface Refusal {
    /**
     * The upstream refused the request itself; another model would not change that.
     *
     * @param model who was asked last
     * @param failure the refusal, with status and usually the upstream's own words
     * @param attempts how many models were asked, this one included
     */
    record Rejected(ModelId model, Failure failure, int attempts) implements Refusal {}

    /**
     * Every model that was asked failed.
     *
     * @param attempts all of them, in the order asked; never empty
     */
    record AllFailed(List<Attempt> attempts) implements Refusal {
        public AllFailed {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * The account has had all the requests its plan allows, as the upstream said or as we counted.
     *
     * @param window in which time
     * @param limit how many that are, if known
     * @param resetsAt when there will be more
     * @param attempts how many models were asked for this request before
     */
    record QuotaSpent(QuotaWindow window, OptionalLong limit, Instant resetsAt, int attempts) implements Refusal {}

    /**
     * No free model can do what the request needs.
     *
     * @param lacks what is needed, and who cannot do it; never empty
     */
    record Unsuited(List<Lack> lacks) implements Refusal {
        public Unsuited {
            lacks = List.copyOf(lacks);
        }
    }

    /**
     * The request is too long for every model that was asked, and no larger one is left.
     *
     * @param attempts all of them, in the order asked; never empty
     * @param largestContext how many tokens the largest of them takes, 0 if unknown
     */
    record TooLong(List<Attempt> attempts, long largestContext) implements Refusal {
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

    /** There is no key for the upstream. */
    record NoKey() implements Refusal {}

    /**
     * There is no model to ask.
     *
     * @param why what is known of the reason, in words of our own
     */
    record NoModels(String why) implements Refusal {}
}
