package io.freerouter.engine;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.failure.Attempt;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refused;
import io.freerouter.failure.Verdict;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request's way through its candidates: ask the next one, go on while the failure's verdict is {@link Verdict#NEXT},
 * stop at the first answer. Single use. Its steps follow one another, so it needs no lock, whatever threads they are on.
 */
final class Race<T> {
    private final long request;
    private final Iterator<ModelId> candidates;
    private final Function<ModelId, Uni<T>> ask;
    private final ModelHealth health;
    private final RouterListener listener;
    private final List<Attempt> failed = new ArrayList<>();

    /**
     * @param request a number that tells this request from others in what the listener hears
     * @param candidates who to ask, in order; at least one
     * @param ask makes one attempt; fails with {@link AttemptFailed}
     */
    Race(
            long request,
            Iterator<ModelId> candidates,
            Function<ModelId, Uni<T>> ask,
            ModelHealth health,
            RouterListener listener) {
        this.request = request;
        this.candidates = candidates;
        this.ask = ask;
        this.health = health;
        this.listener = listener;
    }

    /** Runs on subscription; cancelling it cancels the attempt under way. Fails with {@link Refused}. */
    Uni<Answer<T>> run() {
        return Uni.createFrom()
                .deferred(() -> attempt(candidates.next()))
                .onFailure(this::hasNext)
                .retry()
                .indefinitely()
                .onFailure(AttemptFailed.class)
                .transform(failure -> new Refused(refusal(failure.failure())));
    }

    private Uni<Answer<T>> attempt(ModelId model) {
        int number = failed.size() + 1;
        listener.on(new Asked(request, number, model));
        return ask.apply(model)
                .map(content -> new Answer<>(model, number, content))
                .invoke(() -> won(model, number))
                .onFailure(AttemptFailed.class)
                .invoke(failure -> lost(model, number, failure.failure()));
    }

    private void won(ModelId model, int number) {
        health.answered(model);
        listener.on(new Answered(request, number, model));
    }

    private void lost(ModelId model, int number, Failure failure) {
        failed.add(new Attempt(model, failure));
        Optional<Instant> restsUntil = health.failed(model, failure);
        listener.on(new Failed(request, number, model, failure, restsUntil));
    }

    private boolean hasNext(Throwable failure) {
        return failure instanceof AttemptFailed lost
                && lost.failure().kind().verdict() == Verdict.NEXT
                && candidates.hasNext();
    }

    private Refusal refusal(Failure last) {
        return last.kind().verdict() == Verdict.STOP
                ? new Refusal.Rejected(failed.get(failed.size() - 1).model(), last, failed.size())
                : new Refusal.AllFailed(failed);
    }
}
