package io.freerouter.testing;

import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.CallWatch;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.time.Instant;
import java.util.function.Consumer;

/** One call of a model, open until its script ends or its caller closes it. Honours demand; nothing it says is lost. */
final class ScriptedCall implements OpenStream, ModelScript.Player {
    private final UnicastProcessor<String> texts = UnicastProcessor.create();
    private final CallWatch mayWrite;
    private final Consumer<String> first;
    private final Consumer<AttemptException> failed;
    private final Runnable closed;
    private Runnable callOff = () -> {};
    private AnswerMetadata metadata = AnswerMetadata.NONE;
    private ManualTime time;
    private Instant lastHeld = Instant.MIN;
    private boolean finished;
    private boolean empty;
    private boolean speaking;
    private boolean over;

    /**
     * @param mayWrite asked when it has its connection
     * @param first gets the first text
     * @param failed told if it fails before that
     * @param closed told once, when the call is over
     */
    ScriptedCall(CallWatch mayWrite, Consumer<String> first, Consumer<AttemptException> failed, Runnable closed) {
        this.mayWrite = mayWrite;
        this.first = first;
        this.failed = failed;
        this.closed = closed;
    }

    void play(ModelScript script, ManualTime clock) {
        time = clock;
        metadata = script.metadata();
        callOff = script.play(clock, this);
        if (over) {
            callOff.run();
        }
    }

    @Override
    public void write() {
        if (!over && !mayWrite.getAsBoolean()) {
            close();
        }
    }

    @Override
    public void text(String text) {
        if (over) {
            return;
        }
        texts.onNext(text);
        if (!speaking) {
            speaking = true;
            first.accept(text);
        }
    }

    @Override
    public void held() {
        if (over) {
            return;
        }
        lastHeld = time.now();
        if (!speaking) {
            mayWrite.held(lastHeld);
        }
    }

    @Override
    public Instant lastHeld() {
        return lastHeld;
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void empty() {
        empty = true;
        finished = true;
        text("data: the end\n\n");
        complete();
    }

    @Override
    public void complete() {
        if (!over) {
            close();
            texts.onComplete();
        }
    }

    @Override
    public void fail(AttemptException failure) {
        if (over) {
            return;
        }
        close();
        if (speaking) {
            texts.onError(failure);
        } else {
            failed.accept(failure);
        }
    }

    @Override
    public Multi<String> events() {
        return texts.onCancellation().invoke(this::close);
    }

    @Override
    public AnswerMetadata metadata() {
        return metadata;
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public boolean isEmpty() {
        return empty;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            callOff.run();
            closed.run();
        }
    }
}
