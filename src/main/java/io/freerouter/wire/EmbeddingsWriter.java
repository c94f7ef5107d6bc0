package io.freerouter.wire;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Attempt;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal.NotEmbedding;
import io.freerouter.failure.Refusal.OneFailed;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells why there are no embeddings. */
final class EmbeddingsWriter {
    private static final Set<FailureKind> LIMITED = EnumSet.of(FailureKind.RATE_LIMITED, FailureKind.POOL_LIMITED);
    private static final String INCOMPARABLE = "the vectors of different models cannot be compared.";
    private static final String NONE =
            "No model for embeddings is free at the moment. Ask one elsewhere, and always the" + " same one: "
                    + INCOMPARABLE;
    private static final String OTHERS =
            "'model' must name a free model for embeddings, and always the same one: " + INCOMPARABLE + " There are: ";

    private EmbeddingsWriter() {}

    /** In full, as no list of models has them. */
    static ErrorReply write(NotEmbedding refusal) {
        List<ModelId> free = refusal.free();
        String names = free.stream().map(ModelId::value).collect(Collectors.joining(", "));
        ErrorShape shape = free.isEmpty()
                ? new ErrorShape(NONE, ErrorShape.INVALID_REQUEST, "model", "no_embedding_model")
                : new ErrorShape(OTHERS + names + ".", ErrorShape.INVALID_REQUEST, "model", "model_not_found");
        return shape.reply(404, RetryHeaders.never());
    }

    /** It was asked once only, so whether to ask again is left to the caller. */
    static ErrorReply write(OneFailed refusal, Instant now) {
        Attempt attempt = refusal.attempt();
        List<Attempt> attempts = List.of(attempt);
        String message =
                "The model did not answer: " + AttemptList.words(attempts) + ". No other was asked: " + INCOMPARABLE;
        boolean limited = LIMITED.contains(attempt.failure().kind());
        ErrorShape shape = limited
                ? new ErrorShape(message, ErrorShape.REQUESTS, null, ErrorShape.TOO_MANY)
                : new ErrorShape(message, ErrorShape.UPSTREAM, null, "all_attempts_failed");
        RetryHeaders headers =
                RetryHeaders.silent().attempts(1).after(attempt.failure().restUntil(), now);
        return shape.reply(limited ? 429 : RefusalWriter.BAD_GATEWAY, headers, AttemptList.member(attempts));
    }
}
