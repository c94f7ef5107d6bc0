package io.freerouter.openrouter;

import io.freerouter.failure.AttemptFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what became of a stream. */
final class SeenOutcome implements StreamReader.Outcome {
    private final List<String> log = new ArrayList<>();
    private boolean finished;
    private final StringBuilder text = new StringBuilder();
    private Optional<AttemptFailed> failure = Optional.empty();

    /** Start and end. */
    List<String> log() {
        return log;
    }

    /** All that was handed on. */
    String text() {
        return text.toString();
    }

    Optional<AttemptFailed> failure() {
        return failure;
    }

    @Override
    public void started() {
        log.add("started");
    }

    @Override
    public void text(String events) {
        if (!log.equals(List.of("started"))) {
            throw new AssertionError("Text before the start or after the end: " + log);
        }
        text.append(events);
    }

    @Override
    public void finished() {
        finished = true;
    }

    /** Whether the answer has said that it is finished. */
    boolean isFinished() {
        return finished;
    }

    @Override
    public void completed() {
        log.add("completed");
    }

    @Override
    public void failed(AttemptFailed cause) {
        log.add("failed " + cause.getMessage());
        failure = Optional.of(cause);
    }
}
