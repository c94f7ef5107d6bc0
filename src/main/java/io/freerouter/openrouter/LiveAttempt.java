package io.freerouter.openrouter;

import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;

/** Joins a response that streams with its reader: what comes in is understood, and goes out as a {@link LiveStream}. */
final class LiveAttempt implements StreamReader.Outcome {
    /** How long an upstream may keep a response open that has said its last word. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final UpstreamCall call;
    private final LiveStream stream;
    private final UniEmitter<? super OpenStream> emitter;
    private final Ticker ticker;
    private boolean started;

    LiveAttempt(UpstreamCall call, LiveStream stream, UniEmitter<? super OpenStream> emitter, Ticker ticker) {
        this.call = call;
        this.stream = stream;
        this.emitter = emitter;
        this.ticker = ticker;
    }

    /** Lets the response flow into the reader. */
    void follow(HttpClientResponse response, StreamReader reader) {
        response.exceptionHandler(cause -> {
            call.end();
            reader.broken();
        });
        response.endHandler(nothing -> {
            call.end();
            reader.ended();
        });
        response.handler((Buffer data) -> reader.data(data.getBytes()));
    }

    @Override
    public void started() {
        started = true;
        emitter.complete(stream);
    }

    @Override
    public void text(String events) {
        stream.append(events);
    }

    @Override
    public void finished() {
        stream.finish();
    }

    @Override
    public void completed() {
        stream.complete();
        ticker.after(LINGER, call::close);
    }

    @Override
    public void failed(AttemptFailed failure) {
        if (started) {
            stream.fail(failure);
        } else {
            emitter.fail(new AttemptFailed(failure.failure(), stream.findings().charge()));
        }
        call.close();
    }
}
