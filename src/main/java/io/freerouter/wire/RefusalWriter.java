package io.freerouter.wire;

import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a caller in OpenAI's error shape why there is no answer, in words of our own. */
public final class RefusalWriter {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";
    static final String ATTEMPTS = "X-FreeRouter-Attempts";
    static final String RETRY_AFTER = "Retry-After";
    /** OpenAI's clients obey it, and would else ask again for what has been tried here already. */
    static final String SHOULD_RETRY = "x-should-retry";

    static final int BAD_GATEWAY = 502;

    private static final String SECONDS_UNTIL_MODELS = "5";
    private static final String SECONDS_UNTIL_ANOTHER = "1";
    private static final String SHUTTING_DOWN =
            "The gateway is being stopped and takes no new requests. Ask again: the next one will answer.";

    /** What to do where there is no key. */
    public static final String NO_KEY =
            "There is no OpenRouter API key. Get a free one at https://openrouter.ai/keys and set OPENROUTER_API_KEY,"
                    + " or set FREEROUTER_DEMO=true to try the gateway without one.";

    private RefusalWriter() {}

    /** A request that could not be read. */
    public static ErrorReply badRequest(BadRequest fault) {
        String param = fault.param().orElse(null);
        return reply(
                400, new ErrorShape(fault.getMessage(), ErrorShape.INVALID_REQUEST, param, fault.code()), Map.of());
    }

    /**
     * A request that got no answer.
     *
     * @param now the present moment
     */
    public static ErrorReply refusal(Refusal refusal, Instant now) {
        if (refusal instanceof Refusal.Rejected rejected) {
            return rejected(rejected);
        }
        if (refusal instanceof Refusal.AllFailed allFailed) {
            return AllFailedWriter.write(allFailed.attempts(), now);
        }
        if (refusal instanceof Refusal.NoModels noModels) {
            return noModels(noModels.why());
        }
        return noKey();
    }

    /**
     * Any other error.
     *
     * @param status from 400 to 599
     * @param message for people; never a text from outside
     * @param code for programs
     */
    public static ErrorReply error(int status, String message, String code) {
        return reply(status, new ErrorShape(message, ErrorShape.typeOf(status), null, code), Map.of());
    }

    /** A request that comes while the gateway is being stopped. */
    public static ErrorReply shuttingDown() {
        ErrorShape shape = new ErrorShape(SHUTTING_DOWN, ErrorShape.SERVER, null, "shutting_down");
        return reply(503, shape, Map.of(RETRY_AFTER, SECONDS_UNTIL_ANOTHER));
    }

    /** A server-sent event for a stream that broke after its first token: the upstream's own, or else one of ours. */
    public static String streamError(Failure failure) {
        return failure.reply()
                .filter(reply -> reply.contentType().equals(EVENTS))
                .map(Failure.Reply::body)
                .orElseGet(() -> broken(failure));
    }

    private static String broken(Failure failure) {
        String message = "The answer broke off after it had begun (" + failure.cause() + ").";
        return "data: " + new ErrorShape(message, ErrorShape.UPSTREAM, null, "stream_broken").json() + "\n\n";
    }

    /**
     * A server-sent event for a stream that was promised before any model had spoken, and then got no answer.
     *
     * @param now the present moment
     */
    public static String streamRefusal(Refusal refusal, Instant now) {
        return event(refusal(refusal, now).body());
    }

    private static String event(String body) {
        return body.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining()) + "\n";
    }

    /** The upstream knows best what was wrong with the request: its own words go through. */
    private static ErrorReply rejected(Refusal.Rejected rejected) {
        int status = status(rejected.failure());
        Map<String, String> headers = Map.of(ATTEMPTS, Integer.toString(rejected.attempts()));
        return rejected.failure()
                .reply()
                .map(reply -> new ErrorReply(status, reply.contentType(), reply.body(), headers))
                .orElseGet(() -> reply(status, rejectedShape(rejected, status), headers));
    }

    private static ErrorShape rejectedShape(Refusal.Rejected rejected, int status) {
        String message = "The upstream refused the request: " + rejected.model() + " ("
                + rejected.failure().cause() + ").";
        return new ErrorShape(message, ErrorShape.typeOf(status), null, "upstream_rejected");
    }

    /** A code that came inside a good response may be any number. */
    private static int status(Failure failure) {
        int status = failure.status().orElse(BAD_GATEWAY);
        return status >= 400 && status <= 599 ? status : BAD_GATEWAY;
    }

    private static ErrorReply noModels(String why) {
        String message = "There is no free model to ask: " + why;
        ErrorShape shape = new ErrorShape(message, ErrorShape.SERVER, null, "no_models");
        return reply(503, shape, Map.of(RETRY_AFTER, SECONDS_UNTIL_MODELS));
    }

    private static ErrorReply noKey() {
        ErrorShape shape = new ErrorShape(NO_KEY, ErrorShape.AUTHENTICATION, null, "missing_api_key");
        return reply(401, shape, Map.of(SHOULD_RETRY, "false"));
    }

    private static ErrorReply reply(int status, ErrorShape shape, Map<String, String> headers) {
        return new ErrorReply(status, JSON, shape.json(), headers);
    }
}
