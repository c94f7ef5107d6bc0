package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Broke;
import io.freerouter.engine.RouterEvent.Ended;
import io.freerouter.engine.RouterEvent.Left;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.routing.Needs;
import io.smallrye.mutiny.Multi;
import java.time.Instant;
import java.util.Optional;

/** A winner's stream, watched to its end: a break rests the model and is told to the listener. */
final class WatchedStream implements OpenStream {
    private final OpenStream stream;
    private final Multi<String> events;

    /**
     * @param needs what the request asked for
     * @param limited the stream's events, bounded in time
     */
    WatchedStream(
            long request,
            ModelId model,
            Needs needs,
            OpenStream stream,
            Multi<String> limited,
            ModelHealth health,
            RouterListener listener) {
        this.stream = stream;
        this.events = limited.onFailure(AttemptFailed.class)
                .invoke(broken -> {
                    Failure failure = ((AttemptFailed) broken).failure();
                    Optional<Instant> restsUntil = health.failed(model, needs, failure);
                    listener.on(new Broke(request, model, failure, restsUntil));
                })
                .onCompletion()
                .invoke(() -> listener.on(new Ended(request, model)))
                .onCancellation()
                .invoke(() -> listener.on(new Left(request)));
    }

    @Override
    public Multi<String> events() {
        return events;
    }

    @Override
    public Findings findings() {
        return stream.findings();
    }

    @Override
    public void close() {
        stream.close();
    }
}
