package io.freerouter.openrouter;

import io.freerouter.failure.AttemptException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what became of a stream. */
final class SeenOutcome implements StreamReader.Outcome {
    private final List<String> log = new ArrayList<>();
    private boolean finished;
    private final List<Instant> held = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Optional<AttemptException> failure = Optional.empty();

    /** Start and end. */
    List<String> log() {
        return log;
    }

    /** All that was handed on. */
    String text() {
        return text.toString();
    }

    Optional<AttemptException> failure() {
        return failure;
    }

    @Override
    public void start(boolean empty) {
        log.add(empty ? "empty" : "started");
    }

    @Override
    public void append(String events) {
        if (log.size() != 1 || failure.isPresent()) {
            throw new AssertionError("Text before the start or after the end: " + log);
        }
        text.append(events);
    }

    @Override
    public void held(Instant now) {
        held.add(now);
    }

    /** When events came that were held back. */
    List<Instant> held() {
        return held;
    }

    @Override
    public void finish() {
        finished = true;
    }

    /** Whether the answer has said that it is finished. */
    boolean isFinished() {
        return finished;
    }

    @Override
    public void complete() {
        log.add("completed");
    }

    @Override
    public void fail(AttemptException cause) {
        log.add("failed " + cause.getMessage());
        failure = Optional.of(cause);
    }
}
