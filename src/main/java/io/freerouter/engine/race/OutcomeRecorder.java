package io.freerouter.engine.race;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.RouterEvent;
import io.freerouter.engine.RouterListener;
import io.freerouter.engine.race.RaceState.Launch;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.RefusalException;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.Needs;
import io.freerouter.routing.Ticker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Records what becomes of one request's attempts and answer in the models' health, and notifies the listener. Decides nothing.
 * Safe to use from any thread.
 */
public final class OutcomeRecorder {
    private final long number;
    private final Dialect dialect;
    private final Needs needs;
    private final boolean stream;
    private final RequestTrace trace;
    private final ModelHealth health;
    private final RouterListener listener;
    private final Ticker ticker;

    /**
     * @param number identifies the request in what the listener gets
     * @param request is not kept: its body would stay in memory as long as its answer flows
     */
    public OutcomeRecorder(
            long number, ChatRequest request, ModelHealth health, RouterListener listener, Ticker ticker) {
        this.number = number;
        this.dialect = request.dialect();
        this.needs = request.needs();
        this.stream = request.stream();
        this.trace = request.trace();
        this.health = health;
        this.listener = listener;
        this.ticker = ticker;
    }

    /** The request is about to be answered. */
    public void received(HedgingPolicy hedging) {
        listener.on(new RouterEvent.Received(number, dialect, needs, stream, hedging, trace));
    }

    // ---- attempts

    void asked(Launch launch) {
        listener.on(new RouterEvent.Asked(number, launch.number(), launch.id(), launch.lane() > 0));
    }

    /** @param spoke when the model began to speak */
    void answered(Launch launch, Instant spoke) {
        Instant now = ticker.now();
        Duration took = Duration.between(launch.since(), spoke);
        health.answered(launch.id(), needs, stream, took, now);
        listener.on(new RouterEvent.Answered(number, launch.number(), launch.id(), stream, took));
    }

    /** An answer without a word says nothing of its model; it may still have been charged for. */
    void answeredEmpty(Launch launch, AnswerMetadata metadata) {
        charged(launch.id(), metadata.charge());
        health.ended(launch.id());
        listener.on(new RouterEvent.EmptyAnswer(number, launch.number(), launch.id()));
    }

    void failed(Launch launch, AttemptException failed) {
        charged(launch.id(), failed.charge());
        Optional<Instant> coolsUntil = health.failed(launch.id(), needs, failed.failure(), ticker.now());
        listener.on(new RouterEvent.Failed(number, launch.number(), launch.id(), failed.failure(), coolsUntil));
    }

    /** @param written whether the model could hear the request at all; if not, its silence says nothing */
    void cancelled(Launch launch, boolean written) {
        Instant now = ticker.now();
        if (written) {
            health.cancelled(launch.id(), stream, Duration.between(launch.since(), now), now);
        } else {
            health.ended(launch.id());
        }
        listener.on(new RouterEvent.Cancelled(number, launch.number(), launch.id()));
    }

    // ---- the answer

    /** A whole answer was delivered. */
    public void delivered(ModelId model, Completion answer) {
        if (!answer.empty()) {
            reviewed(model, answer.metadata());
        }
        listener.on(new RouterEvent.Delivered(number, model, answer.metadata()));
    }

    /** The whole answer to an identical request was delivered, too. */
    public void shared(ModelId model, Completion answer) {
        listener.on(new RouterEvent.Delivered(number, model, answer.metadata()));
    }

    /** A stream has begun, and is handed to the caller. */
    public void streaming(ModelId model, OpenStream stream) {
        listener.on(new RouterEvent.Streaming(number, model, stream::tokens));
    }

    /** A stream came to its proper end. */
    void ended(ModelId model, OpenStream stream) {
        if (!stream.isEmpty()) {
            reviewed(model, stream.metadata());
        }
        listener.on(new RouterEvent.Ended(number, model, stream.metadata()));
    }

    /** A stream broke after its first token. */
    void broken(ModelId model, Failure failure, AnswerMetadata metadata) {
        charged(model, metadata.charge());
        Optional<Instant> coolsUntil = health.failed(model, needs, failure, ticker.now());
        listener.on(new RouterEvent.StreamBroken(number, model, failure, coolsUntil));
    }

    /** The caller disconnected in the middle of a stream. */
    void disconnected(ModelId model, AnswerMetadata metadata) {
        charged(model, metadata.charge());
        disconnected();
    }

    /** The caller disconnected before there was an answer. */
    public void disconnected() {
        listener.on(new RouterEvent.Disconnected(number));
    }

    /** There is no answer; anything but a refusal is a bug. */
    public void unanswered(Throwable failure) {
        Optional<Refusal> refusal =
                failure instanceof RefusalException refused ? Optional.of(refused.refusal()) : Optional.empty();
        listener.on(new RouterEvent.Unanswered(number, refusal));
    }

    private void reviewed(ModelId model, AnswerMetadata metadata) {
        health.reviewed(model, needs, metadata, ticker.now());
        charged(model, metadata.charge());
        if (metadata.skipped() > 0) {
            listener.on(new RouterEvent.EventsSkipped(number, model, metadata.skipped()));
        }
        if (metadata.rescued()) {
            listener.on(new RouterEvent.ToolCallsRescued(number, model));
        }
        if (metadata.repaired()) {
            listener.on(new RouterEvent.ToolCallsRepaired(number, model));
        }
        if (!metadata.usable()) {
            listener.on(new RouterEvent.UnusableToolCalls(number, model));
        }
    }

    private void charged(ModelId model, Optional<BigDecimal> charge) {
        charge.ifPresent(amount -> {
            health.charged(model);
            listener.on(new RouterEvent.Charged(number, model, amount));
        });
    }
}
