package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Broke;
import io.freerouter.engine.RouterEvent.Ended;
import io.freerouter.engine.RouterEvent.Left;
import io.freerouter.failure.Failure;
import java.time.Instant;
import java.util.Optional;

/** Hears how a winner's stream ends: a break rests the model, a proper end tells what the answer was worth. */
final class StreamWatch {
    private final long number;
    private final ModelId model;
    private final ChatRequest request;
    private final ModelHealth health;
    private final Judge judge;
    private final RouterListener listener;

    /** @param number tells this request from others in what the listener hears */
    StreamWatch(
            long number, ModelId model, ChatRequest request, ModelHealth health, Judge judge, RouterListener listener) {
        this.number = number;
        this.model = model;
        this.request = request;
        this.health = health;
        this.judge = judge;
        this.listener = listener;
    }

    void broke(Failure failure, Findings findings) {
        judge.charged(number, model, findings.charge());
        Optional<Instant> restsUntil = health.failed(model, request.needs(), failure);
        listener.on(new Broke(number, model, failure, restsUntil));
    }

    void ended(Findings findings) {
        judge.judge(number, model, request, findings);
        listener.on(new Ended(number, model));
    }

    void left(Findings findings) {
        judge.charged(number, model, findings.charge());
        listener.on(new Left(number));
    }
}
