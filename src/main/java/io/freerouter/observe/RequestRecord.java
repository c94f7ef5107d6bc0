package io.freerouter.observe;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.Usage;
import io.freerouter.routing.QuotaState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one request at one moment. Immutable; holds no text of a conversation.
 *
 * @param id the number in the header {@code X-FreeRouter-Request} and, after a {@code #}, in the log
 * @param receivedAt when the request came to the router
 * @param dialect the protocol that the caller speaks; {@link #endpoint} is its path
 * @param asked the models that the caller asked for, in its words or nearly so: names with commas, {@code auto} for any. At most
 *     200 characters
 * @param stream whether the answer comes as server-sent events
 * @param strategy {@code fallback}, {@code hedge} or {@code race}
 * @param attempts the attempts so far, in the order in which they began
 * @param model the model whose answer the caller gets; empty if there is none, or none yet
 * @param provider who hosts that model, in OpenRouter's words; empty if unknown
 * @param firstToken how long the caller waited for the first token of a stream, or for a whole answer; empty if it still waits,
 *     or waited in vain
 * @param tokens about how many tokens have come so far: the upstream's count once it is known, else the number of pieces
 * @param usage the tokens by the upstream's count; empty if it gave none, or none yet
 * @param finishReasons why the model stopped, in the upstream's words, for each of the answers; empty if unknown
 * @param quotaBefore the account's quota when the request came; empty if unknown
 * @param quotaAfter the account's quota when the request ended; empty if unknown, or if the request is running
 * @param outcome what has become of the request
 * @param took how long the request took; empty while it is running
 * @param charged what was charged for it, in credits, although the model is listed as free
 * @param error why there is no answer, in our own words; empty text if there is one, or if the request is running
 * @param hints what the user can do; may be empty
 * @param trace the trace that the request belongs to
 */
public record RequestRecord(
        long id,
        Instant receivedAt,
        Dialect dialect,
        String asked,
        boolean stream,
        String strategy,
        List<AttemptRecord> attempts,
        Optional<ModelId> model,
        Optional<String> provider,
        Optional<Duration> firstToken,
        long tokens,
        Optional<Usage> usage,
        List<String> finishReasons,
        Optional<QuotaState> quotaBefore,
        Optional<QuotaState> quotaAfter,
        RequestOutcome outcome,
        Optional<Duration> took,
        Optional<BigDecimal> charged,
        String error,
        List<String> hints,
        RequestTrace trace) {
    public RequestRecord {
        attempts = List.copyOf(attempts);
        finishReasons = List.copyOf(finishReasons);
        hints = List.copyOf(hints);
    }

    /** The path that was called, such as {@code /v1/chat/completions}. */
    public String endpoint() {
        return "/v1" + dialect.path();
    }

    /** What is asked for, as <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">OpenTelemetry</a> calls it. */
    public String operation() {
        return switch (dialect) {
            case EMBEDDINGS -> "embeddings";
            case COMPLETIONS -> "text_completion";
            case CHAT, RESPONSES, MESSAGES -> "chat";
        };
    }

    /**
     * The class of the error that the request ended with: the failure of its last attempt if there is no answer, else the
     * outcome if that is an error. Empty if the request did not end with an error.
     */
    public Optional<String> errorType() {
        return switch (outcome) {
            case ANSWERED, LOCAL, EMPTY, RUNNING -> Optional.empty();
            case REFUSED, BROKEN ->
                attempts.stream()
                        .flatMap(attempt -> attempt.errorType().stream())
                        .reduce((first, second) -> second)
                        .or(() -> Optional.of(outcome.id()));
            case DISCONNECTED, INVALID, FAULT -> Optional.of(outcome.id());
        };
    }

    /** Whether the request has no end yet. */
    public boolean isRunning() {
        return outcome == RequestOutcome.RUNNING;
    }
}
