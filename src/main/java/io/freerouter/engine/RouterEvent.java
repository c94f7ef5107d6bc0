package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Needs;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a {@link RouterListener} is notified of. Of what callers and upstreams sent, it carries only the names of models and of the
 * providers that host them.
 */
public sealed interface RouterEvent {
    /**
     * Nothing follows for this request, except that attempts may still be cancelled. Each request that was {@link Received} gets
     * exactly one such event, and so does each request that was refused or answered before that.
     */
    sealed interface Last extends RouterEvent {
        /** The number of the request. */
        long request();
    }

    /**
     * A request has been read, and is about to be answered.
     *
     * @param stream whether the answer comes as server-sent events
     * @param hedging how eagerly models are asked
     * @param trace the trace that the request belongs to
     */
    record Received(
            long request, Dialect dialect, Needs needs, boolean stream, HedgingPolicy hedging, RequestTrace trace)
            implements RouterEvent {
        /** A request without a trace. */
        public Received(long request, Dialect dialect, Needs needs, boolean stream, HedgingPolicy hedging) {
            this(request, dialect, needs, stream, hedging, RequestTrace.NONE);
        }
    }

    /**
     * A model is asked.
     *
     * @param attempt counts from 1 within the request
     * @param hedge whether the model is asked beside another one that is silent
     */
    record Asked(long request, int attempt, ModelId model, boolean hedge) implements RouterEvent {
        /** A model is asked first, or after one that failed. */
        public Asked(long request, int attempt, ModelId model) {
            this(request, attempt, model, false);
        }
    }

    /** An attempt failed; the model has a cooldown until the given moment, if any. */
    record Failed(long request, int attempt, ModelId model, Failure failure, Optional<Instant> cooldownEnd)
            implements RouterEvent {}

    /**
     * A model answers: a whole answer is here, or the first token of a stream.
     *
     * @param stream whether it is a stream
     * @param took how long the model took until then
     */
    record Answered(long request, int attempt, ModelId model, boolean stream, Duration took) implements RouterEvent {}

    /** A model's answer came to a proper end without saying anything. It is kept while at most one more model is asked. */
    record EmptyAnswer(long request, int attempt, ModelId model) implements RouterEvent {}

    /**
     * An attempt was cancelled: another model answered first, the caller disconnected, or the request's deadline passed. That
     * says nothing of the model.
     */
    record Cancelled(long request, int attempt, ModelId model) implements RouterEvent {}

    /**
     * A stream has begun, and is handed to the caller.
     *
     * @param tokens about how many tokens have come so far; may be called from any thread at any time
     */
    record Streaming(long request, ModelId model, LongSupplier tokens) implements RouterEvent {}

    /** A whole answer is handed to the caller. */
    record Delivered(long request, ModelId model, AnswerMetadata metadata) implements Last {}

    /** A stream broke after its first token; the caller gets an error event. */
    record StreamBroken(long request, ModelId model, Failure failure, Optional<Instant> cooldownEnd) implements Last {}

    /** A stream came to its proper end. */
    record Ended(long request, ModelId model, AnswerMetadata metadata) implements Last {}

    /** The caller disconnected before it had its whole answer. */
    record Disconnected(long request) implements Last {}

    /**
     * There is no answer.
     *
     * @param refusal why; empty if a bug is to blame, which the log has
     */
    record Unanswered(long request, Optional<Refusal> refusal) implements Last {}

    /**
     * A request could not be read, so no model was looked for.
     *
     * @param code the error's code, in our own words
     * @param trace the trace that the request belongs to
     */
    record Unreadable(long request, Dialect dialect, int status, String code, RequestTrace trace) implements Last {
        /** A request without a trace. */
        public Unreadable(long request, Dialect dialect, int status, String code) {
            this(request, dialect, status, code, RequestTrace.NONE);
        }
    }

    /**
     * An agent's own request was answered without a model.
     *
     * @param kind which kind of request it was, in our own words
     * @param trace the trace that the request belongs to
     */
    record AnsweredLocally(long request, Dialect dialect, boolean stream, String kind, RequestTrace trace)
            implements Last {
        /** A request without a trace. */
        public AnsweredLocally(long request, Dialect dialect, boolean stream, String kind) {
            this(request, dialect, stream, kind, RequestTrace.NONE);
        }
    }

    /** The account was charged for an answer, in credits, although its model is listed as free; it is not asked again. */
    record Charged(long request, ModelId model, BigDecimal amount) implements RouterEvent {}

    /** Malformed events of an answer's stream were left out. */
    record EventsSkipped(long request, ModelId model, int count) implements RouterEvent {}

    /** An answer calls tools in a way that its caller cannot use. */
    record UnusableToolCalls(long request, ModelId model) implements RouterEvent {}

    /** An answer's tool calls were made of a text that contained them. */
    record ToolCallsRescued(long request, ModelId model) implements RouterEvent {}

    /** The arguments of an answer's tool calls were repaired, without a change of what they mean. */
    record ToolCallsRepaired(long request, ModelId model) implements RouterEvent {}

    /** Few of the account's requests of this day are left. */
    record QuotaLow(QuotaState state) implements RouterEvent {}

    /** The upstream has refused an attempt because one of the account's limits is used up. */
    record QuotaExhausted(Quota.Spent spent) implements RouterEvent {}

    /** A catalog was read. */
    record CatalogRead(Catalog catalog) implements RouterEvent {}

    /** A catalog could not be read; the last one, if there is one, stays in use. */
    record CatalogReadFailed(Throwable cause, Optional<Catalog> kept) implements RouterEvent {}
}
