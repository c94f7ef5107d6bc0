package io.freerouter.reply;

import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import io.freerouter.request.RequestFormat;
import java.time.Instant;

/** What the gateway itself says in one stream, as server-sent events of its dialect. Not for several threads at once. */
public final class GatewayStreamEvents {
    private static final String EVENTS = "text/event-stream";

    private final RequestFormat request;
    private final ReplyFormat format;
    private final StreamFormat stream;

    /**
     * @param request the dialect's
     * @param format the dialect's
     * @param requestId what a person can name to find the request
     * @param now the present moment
     */
    public GatewayStreamEvents(RequestFormat request, ReplyFormat format, String requestId, Instant now) {
        this.request = request;
        this.format = format;
        this.stream = format.stream(requestId, now);
    }

    /** Events of the upstream went out to the caller. Ours have to follow from them. */
    public void sent(String events) {
        stream.sent(events);
    }

    /** An event that clients ignore. It keeps the connection alive before the first token. */
    public String keepAlive() {
        return format.keepAlive();
    }

    /** The last events of a stream that broke after its first token: the upstream's own error event, or else ours. */
    public String broken(Failure failure) {
        return failure.reply()
                .filter(reply -> reply.contentType().equals(EVENTS))
                .map(reply -> ended(reply.body()))
                .orElseGet(() -> stream.error(RefusalWriter.broken(failure)));
    }

    private String ended(String events) {
        stream.sent(events);
        return events + stream.endAfterError();
    }

    /**
     * The last events of a stream that began before any model had answered, and then got no answer.
     *
     * @param now the present moment
     */
    public String refused(Refusal refusal, Instant now) {
        return stream.error(RefusalWriter.refusal(refusal, request, now));
    }

    /** The events that a good stream still needs after its last token; empty if none are missing. */
    public String end() {
        return stream.end();
    }
}
