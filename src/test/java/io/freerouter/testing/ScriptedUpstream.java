package io.freerouter.testing;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.CallWatch;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Upstream;
import io.freerouter.engine.UpstreamRequest;
import io.freerouter.failure.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** An upstream in memory whose models play scripts on manual time. A model without a script hangs. */
public final class ScriptedUpstream implements Upstream {
    private final ManualTime time;
    private final Map<String, ModelScript> scripts = new HashMap<>();
    private final Function<UpstreamRequest, ModelScript> calls;
    private final List<String> asked = new ArrayList<>();
    private Optional<Refusal> refusal = Optional.empty();
    private int open;
    private int mostOpen;

    /** One whose models play the scripts they are given. */
    public ScriptedUpstream(ManualTime time) {
        this.time = time;
        this.calls = question -> scripts.getOrDefault(question.model().value(), ModelScript.hang());
    }

    /** @param calls what each call leads to; asked when it is made */
    public ScriptedUpstream(ManualTime time, Function<UpstreamRequest, ModelScript> calls) {
        this.time = time;
        this.calls = calls;
    }

    /** What every call of a model leads to from now on. */
    public void script(String model, ModelScript script) {
        scripts.put(model, script);
    }

    /** Refuses whatever comes. */
    public void refuse(Refusal why) {
        refusal = Optional.of(why);
    }

    /** The models called so far, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** How many calls are open now. */
    public int openCalls() {
        return open;
    }

    /** How many calls were ever open at once. */
    public int mostOpenCalls() {
        return mostOpen;
    }

    @Override
    public Optional<Refusal> refusesAll() {
        return refusal;
    }

    /** The first text of the script is the whole answer, and the end of the call. */
    @Override
    public Uni<Completion> complete(UpstreamRequest question, CallWatch mayWrite) {
        return call(question, mayWrite, (call, text) -> {
            call.close();
            return new Completion(text, call.metadata(), call.isEmpty());
        });
    }

    @Override
    public Uni<OpenStream> stream(UpstreamRequest question, CallWatch mayWrite) {
        return call(question, mayWrite, (call, text) -> call);
    }

    private <T> Uni<T> call(UpstreamRequest question, CallWatch mayWrite, BiFunction<ScriptedCall, String, T> answer) {
        return Uni.createFrom().deferred(() -> {
            ScriptedCall[] call = new ScriptedCall[1];
            return Uni.createFrom()
                    .<T>emitter(emitter -> {
                        call[0] = open(question.model(), mayWrite, emitter, answer);
                        call[0].play(calls.apply(question), time);
                    })
                    .onCancellation()
                    .invoke(() -> call[0].close());
        });
    }

    private <T> ScriptedCall open(
            ModelId model,
            CallWatch mayWrite,
            UniEmitter<? super T> emitter,
            BiFunction<ScriptedCall, String, T> answer) {
        asked.add(model.value());
        open++;
        mostOpen = Math.max(mostOpen, open);
        ScriptedCall[] call = new ScriptedCall[1];
        call[0] = new ScriptedCall(
                mayWrite, text -> emitter.complete(answer.apply(call[0], text)), emitter::fail, () -> open--);
        return call[0];
    }
}
