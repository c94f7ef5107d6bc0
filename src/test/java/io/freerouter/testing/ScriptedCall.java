package io.freerouter.testing;

import io.freerouter.engine.Findings;
import io.freerouter.engine.OpenStream;
import io.freerouter.failure.AttemptFailed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.function.Consumer;

/** One call of a model, open until its script ends or its caller closes it. Honours demand; nothing it says is lost. */
final class ScriptedCall implements OpenStream, ModelScript.Player {
    private final UnicastProcessor<String> texts = UnicastProcessor.create();
    private final Consumer<String> first;
    private final Consumer<AttemptFailed> failed;
    private final Runnable closed;
    private Runnable callOff = () -> {};
    private Findings findings = Findings.NONE;
    private boolean finished;
    private boolean speaking;
    private boolean over;

    /**
     * @param first gets the first text
     * @param failed told if it fails before that
     * @param closed told once, when the call is over
     */
    ScriptedCall(Consumer<String> first, Consumer<AttemptFailed> failed, Runnable closed) {
        this.first = first;
        this.failed = failed;
        this.closed = closed;
    }

    void play(ModelScript script, ManualTime time) {
        findings = script.findings();
        callOff = script.play(time, this);
        if (over) {
            callOff.run();
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
    public void finish() {
        finished = true;
    }

    @Override
    public void complete() {
        if (!over) {
            close();
            texts.onComplete();
        }
    }

    @Override
    public void fail(AttemptFailed failure) {
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
    public Findings findings() {
        return findings;
    }

    @Override
    public boolean isFinished() {
        return finished;
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
