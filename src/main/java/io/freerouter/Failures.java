package io.freerouter;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refusal.Alike;
import io.freerouter.failure.Refusal.AllFailed;
import io.freerouter.failure.Refusal.Cases;
import io.freerouter.failure.Refusal.NoKey;
import io.freerouter.failure.Refusal.NoModels;
import io.freerouter.failure.Refusal.NoneFree;
import io.freerouter.failure.Refusal.NotEmbedding;
import io.freerouter.failure.Refusal.OneFailed;
import io.freerouter.failure.Refusal.QuotaSpent;
import io.freerouter.failure.Refusal.Rejected;
import io.freerouter.failure.Refusal.TooLong;
import io.freerouter.failure.Refusal.Unsuited;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.BadRequest;
import io.freerouter.wire.RefusalWriter;
import io.freerouter.wire.StreamWords;
import java.util.List;

/** Turns the engine's failures into those that the library's users see. */
final class Failures implements Cases<FreeRouterException> {
    private final Ticker ticker;

    Failures(Ticker ticker) {
        this.ticker = ticker;
    }

    /** What a user is told; anything that is no failure of a request stays as it is. */
    Throwable told(Throwable failure) {
        if (failure instanceof Refused refused) {
            return refused.refusal().in(this);
        }
        if (failure instanceof BadRequest fault) {
            return new BadRequestException(fault, Told.of(RefusalWriter.badRequest(fault)));
        }
        return failure;
    }

    /** What a user is told whose stream has broken off. */
    static Throwable broken(Throwable failure) {
        return failure instanceof AttemptFailed broke
                ? new BrokenStreamException(
                        broke.failure(), Told.event(new StreamWords(Dialect.CHAT).broken(broke.failure())))
                : failure;
    }

    private Told words(Refusal refusal) {
        return Told.of(RefusalWriter.refusal(refusal, ticker.now()));
    }

    @Override
    public FreeRouterException rejected(Rejected refusal) {
        return new RejectedException(refusal, words(refusal));
    }

    @Override
    public FreeRouterException allFailed(AllFailed refusal) {
        return new AllFailedException(refusal.attempts(), words(refusal));
    }

    @Override
    public FreeRouterException alike(Alike refusal) {
        return new AllFailedException(refusal.attempts(), words(refusal));
    }

    @Override
    public FreeRouterException quotaSpent(QuotaSpent refusal) {
        return new QuotaSpentException(refusal, words(refusal));
    }

    @Override
    public FreeRouterException unsuited(Unsuited refusal) {
        return new NoModelException(refusal, words(refusal));
    }

    @Override
    public FreeRouterException tooLong(TooLong refusal) {
        return new NoModelException(refusal, words(refusal));
    }

    @Override
    public FreeRouterException noneFree(NoneFree refusal) {
        return new NoModelException(refusal, words(refusal));
    }

    @Override
    public FreeRouterException oneFailed(OneFailed refusal) {
        return new AllFailedException(List.of(refusal.attempt()), words(refusal));
    }

    @Override
    public FreeRouterException notEmbedding(NotEmbedding refusal) {
        return new NoModelException(refusal, words(refusal));
    }

    @Override
    public FreeRouterException noModels(NoModels refusal) {
        return new NoModelException(refusal, words(refusal));
    }

    @Override
    public FreeRouterException noKey(NoKey refusal) {
        return new NotConfiguredException(words(refusal));
    }
}
