package io.freerouter.engine;

import io.freerouter.failure.AttemptFailed;
import io.smallrye.mutiny.Multi;
import java.util.concurrent.CancellationException;

/** A winner's stream, watched to its end. */
final class WatchedStream implements OpenStream {
    private final OpenStream stream;
    private final Multi<String> events;

    /** @param limited the stream's events, bounded in time */
    WatchedStream(OpenStream stream, Multi<String> limited, StreamWatch watch) {
        this.stream = stream;
        this.events = limited.onFailure(AttemptFailed.class)
                .invoke(broken -> watch.broke(((AttemptFailed) broken).failure(), stream.findings()))
                .onFailure(CancellationException.class)
                .invoke(() -> watch.left(stream.findings()))
                .onCompletion()
                .invoke(() -> watch.ended(stream.findings()))
                .onCancellation()
                .invoke(() -> watch.left(stream.findings()));
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
    public boolean isFinished() {
        return stream.isFinished();
    }

    @Override
    public void close() {
        stream.close();
    }
}
