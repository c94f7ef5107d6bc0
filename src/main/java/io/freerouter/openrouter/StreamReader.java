package io.freerouter.openrouter;

import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.Ticker;

/**
 * Follows one answer's stream from its first byte: waits for the first token, tells an end from a break, and
 * hands every whole event on as it came. Before the first token any end is a failed attempt; after it, a break is the
 * stream's failure. Does no I/O. Not for use by several threads at once.
 */
final class StreamReader {
    /** How many characters may come before the first token besides the request: some role-only chunks, not a flood. */
    private static final int LONGEST_PRELUDE = 1 << 20;
    /** Two of a response's first events repeat its instructions and tools, with escapes that may double them. */
    private static final long REPEATED = 4;

    /** What becomes of the stream. */
    interface Outcome {
        /** The first token is here. Called at most once, before any text. */
        void started();

        /** Whole events to hand on. */
        void text(String events);

        /** The answer has said that it is finished. Only formalities may follow. */
        void finished();

        /** The stream has come to its proper end. Nothing follows. */
        void completed();

        /** The attempt failed or, after the start, the stream broke. Nothing follows. */
        void failed(AttemptFailed failure);
    }

    private final EventStreamParser parser = new EventStreamParser();
    private final ChunkReader chunks;
    private final Secret secret;
    private final Ticker ticker;
    private final Outcome outcome;
    private final long longestPrelude;
    private final StringBuilder prelude = new StringBuilder();
    private boolean started;
    private boolean finished;
    private boolean over;

    /**
     * @param secret what no error handed on may contain
     * @param sent how many bytes the request's body had, which the answer may repeat before its first token
     */
    StreamReader(ChunkReader chunks, Secret secret, Ticker ticker, Outcome outcome, int sent) {
        this.chunks = chunks;
        this.secret = secret;
        this.ticker = ticker;
        this.outcome = outcome;
        this.longestPrelude = LONGEST_PRELUDE + REPEATED * sent;
    }

    /** Bytes have come. */
    void data(byte[] bytes) {
        try {
            parser.parse(bytes).forEach(this::event);
        } catch (AttemptFailed unreadable) {
            fail(unreadable);
        }
    }

    /** The response is over as HTTP has it. An answer whose last chunk gave its reason to finish needs no end mark. */
    void ended() {
        try {
            parser.finish().ifPresent(this::event);
        } catch (AttemptFailed cut) {
            fail(cut);
        }
        if (finished) {
            complete();
        } else {
            fail(started ? FailureKind.BROKEN : FailureKind.NO_ANSWER);
        }
    }

    /** The connection broke. */
    void broken() {
        fail(FailureKind.BROKEN);
    }

    private void event(Event event) {
        if (over) {
            return;
        }
        Chunk chunk = chunks.read(event, ticker.now());
        if (chunk instanceof Chunk.Part part) {
            part(event, part);
        } else if (chunk instanceof Chunk.Failed failed) {
            fail(new AttemptFailed(started ? failed.told(secret.redact(event.raw())) : failed.failure()));
        } else {
            done(event, ((Chunk.Done) chunk).token());
        }
    }

    private void part(Event event, Chunk.Part part) {
        finish((started || part.token()) && part.finished());
        if (started) {
            outcome.text(event.raw());
        } else if (part.token()) {
            start(event);
        } else if (!event.data().isEmpty()) {
            wait(event);
        }
    }

    private void finish(boolean finishes) {
        if (finishes && !finished) {
            finished = true;
            outcome.finished();
        }
    }

    private void start(Event event) {
        started = true;
        outcome.started();
        outcome.text(prelude + event.raw());
    }

    private void wait(Event event) {
        prelude.append(event.raw());
        if (prelude.length() > longestPrelude) {
            fail(FailureKind.MALFORMED);
        }
    }

    private void done(Event event, boolean token) {
        if (started) {
            outcome.text(event.raw());
            complete();
        } else if (token) {
            start(event);
            complete();
        } else {
            fail(FailureKind.NO_ANSWER);
        }
    }

    private void complete() {
        if (!over) {
            over = true;
            outcome.completed();
        }
    }

    private void fail(FailureKind kind) {
        fail(new AttemptFailed(Failure.of(kind)));
    }

    private void fail(AttemptFailed failure) {
        if (!over) {
            over = true;
            outcome.failed(failure);
        }
    }
}
