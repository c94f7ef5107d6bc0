package io.freerouter.engine;

import io.freerouter.failure.Refusal;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * The service that answers: OpenRouter or a stand-in. A call starts on subscription, and cancelling the subscription closes it.
 * Every failure is an {@link io.freerouter.failure.AttemptException}.
 *
 * <p>The upstream counts a request when it gets it. So a call asks its {@link CallWatch} when it has a connection, right before it
 * writes its request, on any thread. If that says no, nobody wants the answer any more, and the call ends unsent.
 */
public interface Upstream {
    /** Why no request can be made at present, such as a missing key; empty if there is no such reason. */
    Optional<Refusal> refusesAll();

    /** Asks for a whole answer. The item is complete and is an answer: it has a message that says something. */
    Uni<Completion> complete(UpstreamRequest request, CallWatch watch);

    /** Asks for a stream. The item comes with the first token; its receiver must read it or close it. */
    Uni<OpenStream> stream(UpstreamRequest request, CallWatch watch);
}
