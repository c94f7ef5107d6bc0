package io.freerouter.engine;

import io.freerouter.failure.Refusal;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Who answers: OpenRouter or a stand-in. A call starts on subscription, and cancelling the
 * subscription closes it. Every failure is an {@link io.freerouter.failure.AttemptFailed}.
 */
public interface Upstream {
    /** Why no request can be made at present, such as a missing key; empty if there is no such reason. */
    Optional<Refusal> refusesAll();

    /** Asks for a whole answer. The item is complete and is an answer: it has a message that says something. */
    Uni<Completion> complete(Question question);

    /** Asks for a stream. The item comes with the first token; whoever gets it consumes or closes it. */
    Uni<OpenStream> stream(Question question);
}
