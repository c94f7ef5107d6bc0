package io.freerouter;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.RefusalException;
import io.freerouter.openrouter.EventStreamParser;
import io.freerouter.reply.ErrorBody;
import io.freerouter.reply.ErrorResponse;
import io.freerouter.reply.GatewayStreamEvents;
import io.freerouter.reply.RefusalWriter;
import io.freerouter.request.InvalidRequestException;
import java.time.Instant;

/**
 * Why a request has no answer. There are these kinds and no others: {@link BadRequestException}, {@link RejectedException},
 * {@link AllFailedException}, {@link QuotaSpentException}, {@link NoModelException}, {@link NotConfiguredException} and
 * {@link BrokenStreamException}. No message contains the key.
 */
public abstract sealed class FreeRouterException extends RuntimeException
        permits AllFailedException,
                BadRequestException,
                BrokenStreamException,
                NoModelException,
                NotConfiguredException,
                QuotaSpentException,
                RejectedException {
    private static final long serialVersionUID = 1L;
    private static final DialectFormats CHAT = DialectFormats.of(Dialect.CHAT);

    /** From 400 to 599. */
    private final int status;

    /** An error of ours, or the upstream's own words. */
    private final String body;

    FreeRouterException(Reply reply) {
        this(reply.message(), reply);
    }

    FreeRouterException(String message, Reply reply) {
        super(message);
        this.status = reply.status();
        this.body = reply.body();
    }

    /**
     * The HTTP status that fits the failure.
     *
     * @return what the server would answer with, from 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The failure in OpenAI's error shape, or in the upstream's own words if the upstream refused.
     *
     * @return the body that the server would answer with, usually JSON
     */
    public String body() {
        return body;
    }

    /**
     * What the server would answer.
     *
     * @param message the words in the body for people
     */
    record Reply(int status, String body, String message) {
        private static final int BAD_GATEWAY = 502;

        private static Reply of(ErrorResponse reply) {
            return of(reply.status(), reply.body());
        }

        private static Reply of(int status, String body) {
            String message = ErrorBody.of(body).text("message").orElse("");
            return new Reply(status, body, message.isEmpty() ? "The upstream refused with status " + status : message);
        }
    }

    /** What a user gets for a failure of the engine. A failure of another kind, such as a bug, stays as it is. */
    static Throwable of(Throwable failure, Instant now) {
        if (failure instanceof RefusalException refused) {
            Refusal refusal = refused.refusal();
            return of(refusal, Reply.of(RefusalWriter.refusal(refusal, CHAT.request(), now)));
        }
        if (failure instanceof InvalidRequestException fault) {
            return new BadRequestException(fault, Reply.of(RefusalWriter.badRequest(fault)));
        }
        return failure;
    }

    /** What a user gets if a stream breaks off. A failure of another kind stays as it is. */
    static Throwable ofStream(Throwable failure) {
        if (failure instanceof AttemptException broken) {
            String event =
                    new GatewayStreamEvents(CHAT.request(), CHAT.reply(), "", Instant.EPOCH).broken(broken.failure());
            return new BrokenStreamException(
                    broken.failure(), Reply.of(Reply.BAD_GATEWAY, String.join("", EventStreamParser.texts(event))));
        }
        return failure;
    }

    private static FreeRouterException of(Refusal refusal, Reply reply) {
        if (refusal instanceof Refusal.Rejected rejected) {
            return new RejectedException(rejected, reply);
        }
        if (refusal instanceof Refusal.Failed failed) {
            return new AllFailedException(failed.attempts(), reply);
        }
        if (refusal instanceof Refusal.QuotaSpent spent) {
            return new QuotaSpentException(spent, reply);
        }
        return refusal instanceof Refusal.NoKey
                ? new NotConfiguredException(reply)
                : new NoModelException(refusal, reply);
    }
}
