package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import io.freerouter.failure.Failure;
import io.freerouter.failure.Refusal;
import java.time.Instant;
import java.util.stream.Collectors;

/** What the gateway itself says in a stream, as server-sent events of its dialect. One for each stream; not for several threads at once. */
public final class StreamWords {
    private static final String EVENTS = "text/event-stream";
    private static final String WAITING = ": still waiting for a model\n\n";
    private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

    private final Dialect dialect;
    private final FailedResponse response = new FailedResponse();

    /** @param dialect the stream's */
    public StreamWords(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Events go out to the caller: one of ours in OpenAI's responses has to go with them. */
    public void heard(String events) {
        if (dialect == Dialect.RESPONSES) {
            response.heard(events);
        }
    }

    /** Something that clients pass over, to show that the connection lives. */
    public String waiting() {
        return dialect == Dialect.MESSAGES ? PING : WAITING;
    }

    /** The stream broke after its first token: the upstream's own event, or else one of ours. */
    public String broken(Failure failure) {
        return failure.reply()
                .filter(reply -> reply.contentType().equals(EVENTS))
                .map(Failure.Reply::body)
                .orElseGet(() -> error(RefusalWriter.broken(failure)));
    }

    /**
     * The stream was promised before any model had spoken, and then got no answer.
     *
     * @param now the present moment
     */
    public String refused(Refusal refusal, Instant now) {
        return error(RefusalWriter.refusal(refusal, dialect, now));
    }

    private String error(ErrorReply reply) {
        return switch (dialect) {
            case CHAT, COMPLETIONS, EMBEDDINGS -> data(reply.body());
            case MESSAGES -> "event: error\n" + data(AnthropicErrors.body(reply.status(), reply.body()));
            case RESPONSES -> "event: response.failed\n" + data(response.event(reply));
        };
    }

    private static String data(String text) {
        return text.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining()) + "\n";
    }
}
