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
    private static final String NO_WORDS =
            "{\"message\":\"The request failed.\",\"type\":\"server_error\",\"code\":null}";
    /** Cannot stand within a text, where its last quote would be escaped. */
    private static final String SEQUENCE = "\"sequence_number\":";

    private static final int DIGITS = 12;

    private final Dialect dialect;
    private long next;

    /** @param dialect the stream's */
    public StreamWords(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Events go out to the caller: OpenAI's responses number theirs, and ours has to follow on. */
    public void heard(String events) {
        int at = dialect == Dialect.RESPONSES ? events.lastIndexOf(SEQUENCE) : -1;
        if (at >= 0) {
            int from = at + SEQUENCE.length();
            String rest = events.substring(from, Math.min(events.length(), from + DIGITS))
                    .strip();
            String digits = rest.chars()
                    .takeWhile(Character::isDigit)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            next = digits.isEmpty() ? next : Long.parseLong(digits) + 1;
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
        return error(RefusalWriter.refusal(refusal, now));
    }

    private String error(ErrorReply reply) {
        return switch (dialect) {
            case CHAT, COMPLETIONS -> data(reply.body());
            case MESSAGES -> "event: error\n" + data(AnthropicErrors.body(reply.status(), reply.body()));
            case RESPONSES -> "event: response.failed\n" + data(failed(reply.body()));
        };
    }

    /** OpenAI's clients throw on any event with an {@code error}; agents look for it in the {@code response}. */
    private String failed(String body) {
        String error = ErrorMembers.object(body).orElse(NO_WORDS);
        return "{\"type\":\"response.failed\"," + SEQUENCE + next
                + ",\"response\":{\"object\":\"response\",\"status\":\"failed\",\"error\":" + error + "},\"error\":"
                + error
                + "}";
    }

    private static String data(String text) {
        return text.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining()) + "\n";
    }
}
