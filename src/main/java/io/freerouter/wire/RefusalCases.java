package io.freerouter.wire;

import io.freerouter.engine.Dialect;
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
import java.time.Instant;

/**
 * Every refusal in OpenAI's shape.
 *
 * @param dialect whose members are named
 * @param now the present moment
 */
record RefusalCases(Dialect dialect, Instant now) implements Cases<ErrorReply> {
    private static final long SECONDS_UNTIL_MODELS = 5;

    static final String NO_KEY =
            "There is no OpenRouter API key. Get a free one at https://openrouter.ai/keys and set OPENROUTER_API_KEY,"
                    + " or set FREEROUTER_DEMO=true to try the gateway without one.";

    @Override
    public ErrorReply rejected(Rejected refusal) {
        return RejectedWriter.write(refusal);
    }

    @Override
    public ErrorReply allFailed(AllFailed refusal) {
        return AllFailedWriter.write(refusal, now);
    }

    @Override
    public ErrorReply alike(Alike refusal) {
        return AlikeWriter.write(refusal);
    }

    @Override
    public ErrorReply quotaSpent(QuotaSpent refusal) {
        return QuotaSpentWriter.write(refusal, now);
    }

    @Override
    public ErrorReply unsuited(Unsuited refusal) {
        return UnsuitedWriter.write(refusal);
    }

    @Override
    public ErrorReply tooLong(TooLong refusal) {
        return AllFailedWriter.write(refusal, ContentScan.required(dialect));
    }

    @Override
    public ErrorReply noneFree(NoneFree refusal) {
        String message = "None of the models named is free: " + Enumeration.of(refusal.names())
                + ". GET /v1/models lists those that are; with auto in the list, others would be asked.";
        return new ErrorShape(message, ErrorShape.INVALID_REQUEST, "model", "model_not_found")
                .reply(404, RetryHeaders.never());
    }

    @Override
    public ErrorReply oneFailed(OneFailed refusal) {
        return EmbeddingsWriter.write(refusal, now);
    }

    @Override
    public ErrorReply notEmbedding(NotEmbedding refusal) {
        return EmbeddingsWriter.write(refusal);
    }

    @Override
    public ErrorReply noKey(NoKey refusal) {
        return new ErrorShape(NO_KEY, ErrorShape.AUTHENTICATION, null, "missing_api_key")
                .reply(401, RetryHeaders.never());
    }

    @Override
    public ErrorReply noModels(NoModels refusal) {
        String message = "There is no free model to ask: " + refusal.why();
        return new ErrorShape(message, ErrorShape.SERVER, null, "no_models")
                .reply(503, RetryHeaders.silent().after(SECONDS_UNTIL_MODELS));
    }
}
