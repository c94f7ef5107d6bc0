package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import java.time.Instant;

/** Tells a caller in OpenAI's error shape why there is no answer, in words of our own. */
public final class RefusalWriter {
    static final int BAD_GATEWAY = 502;

    private static final long SECONDS_UNTIL_ANOTHER = 1;
    private static final String SHUTTING_DOWN =
            "The gateway is being stopped and takes no new requests. Ask again: the next one will answer.";

    /** What to do where there is no key. */
    public static final String NO_KEY = RefusalCases.NO_KEY;

    private RefusalWriter() {}

    /** A request that could not be read. */
    public static ErrorReply badRequest(BadRequest fault) {
        String param = fault.param().orElse(null);
        return new ErrorShape(fault.getMessage(), ErrorShape.INVALID_REQUEST, param, fault.code())
                .reply(400, RetryHeaders.silent());
    }

    /**
     * A chat completion that got no answer.
     *
     * @param now the present moment
     */
    public static ErrorReply refusal(Refusal refusal, Instant now) {
        return refusal(refusal, Dialect.CHAT, now);
    }

    /**
     * A request that got no answer.
     *
     * @param dialect whose members are named
     * @param now the present moment
     */
    public static ErrorReply refusal(Refusal refusal, Dialect dialect, Instant now) {
        return refusal.in(new RefusalCases(dialect, now));
    }

    /**
     * Any other error.
     *
     * @param status from 400 to 599
     * @param message for people; never a text from outside
     * @param code for programs
     */
    public static ErrorReply error(int status, String message, String code) {
        return new ErrorShape(message, ErrorShape.typeOf(status), null, code).reply(status, RetryHeaders.silent());
    }

    /** A request that comes while the gateway is being stopped. */
    public static ErrorReply shuttingDown() {
        ErrorShape shape = new ErrorShape(SHUTTING_DOWN, ErrorShape.SERVER, null, "shutting_down");
        return shape.reply(503, RetryHeaders.silent().after(SECONDS_UNTIL_ANOTHER));
    }

    /** An answer that broke off after it had begun; its status only tells the kind, as a good one was sent before. */
    static ErrorReply broken(Failure failure) {
        String message = "The answer broke off after it had begun (" + failure.cause() + ").";
        return new ErrorShape(message, ErrorShape.UPSTREAM, null, ErrorShape.BROKEN)
                .reply(BAD_GATEWAY, RetryHeaders.silent());
    }
}
