package io.freerouter.failure;

import io.freerouter.catalog.ModelId;
import java.util.List;

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

    /** There is no key for the upstream. */
    record NoKey() implements Refusal {}

    /**
     * There is no model to ask.
     *
     * @param why what is known of the reason, in words of our own
     */
    record NoModels(String why) implements Refusal {}
}
