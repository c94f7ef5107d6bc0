package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a simulated model does when asked: an immutable list of steps. Each method returns a new script with one more step. A
 * script without a last step ends normally. For a whole answer, the same steps are gathered into one body.
 */
public final class AnswerScript {
    private static final AnswerScript EMPTY = new AnswerScript(List.of());

    private final List<Step> steps;

    private AnswerScript(List<Step> steps) {
        this.steps = steps;
    }

    /** A script without steps. */
    public static AnswerScript begin() {
        return EMPTY;
    }

    List<Step> steps() {
        return steps;
    }

    /** Does nothing for a while. */
    public AnswerScript pause(Duration length) {
        return then(new Step.Pause(length));
    }

    /** Responds with this status, these headers and this body, and ends. Only pauses may come before. */
    public AnswerScript respond(int status, Map<String, String> headers, String body) {
        if (!steps.stream().allMatch(Step.Pause.class::isInstance)) {
            throw new IllegalStateException(
                    "A script can respond only once, and only after pauses: remove the steps before respond()");
        }
        Map<String, String> kept = Map.copyOf(headers);
        return then(new Step.Finale(reply -> reply.respond(status, kept, body)));
    }

    /** Sends the head of a successful response. The first step that sends something does that as well. */
    public AnswerScript open() {
        return part(AnswerSink::open);
    }

    /** Sends the comment that says the request is still being worked on. */
    public AnswerScript comment() {
        return part(AnswerSink::comment);
    }

    /** Sends a chunk that names the role and says nothing. */
    public AnswerScript role() {
        return part(reply -> reply.delta(Message.textDelta("")));
    }

    /** Says something. */
    public AnswerScript text(String text) {
        return part(reply -> reply.delta(Message.textDelta(text)));
    }

    /** Thinks something. */
    public AnswerScript reasoning(String text) {
        return part(reply -> reply.delta(Message.reasoningDelta(text)));
    }

    /** Begins a tool call. The index counts the tool calls of this answer, from 0. */
    public AnswerScript toolCall(int index, String name) {
        return part(reply -> reply.delta(Message.toolCallDelta(index, name)));
    }

    /** Adds to the arguments of the tool call with this index. */
    public AnswerScript toolArguments(int index, String fragment) {
        return part(reply -> reply.delta(Message.toolArgumentsDelta(index, fragment)));
    }

    /** Says why the answer is over, for example {@code stop}. */
    public AnswerScript finish(String reason) {
        return part(reply -> reply.finish(reason));
    }

    /** Says how many tokens were used. */
    public AnswerScript usage() {
        return part(AnswerSink::usage);
    }

    /** Sends the mark after which no chunk comes. */
    public AnswerScript done() {
        return part(AnswerSink::done);
    }

    /** Sends an error inside a response whose status is 200. */
    public AnswerScript error(int code, String message) {
        return part(reply -> reply.error(code, message));
    }

    /** Sends these bytes in one write, whatever they mean. */
    public AnswerScript raw(byte[] bytes) {
        Buffer kept = Buffer.buffer(bytes.clone());
        return part(reply -> reply.raw(kept.copy()));
    }

    /** Sends this text as UTF-8 in one write, whatever it means. */
    public AnswerScript raw(String text) {
        return part(reply -> reply.raw(Buffer.buffer(text)));
    }

    /** Closes the connection in the middle of the answer. What came before it is still sent. */
    public AnswerScript reset() {
        return then(new Step.Finale(AnswerSink::reset));
    }

    /** Says nothing more and does not end until the client disconnects. */
    public AnswerScript hang() {
        return then(new Step.Finale(reply -> {}));
    }

    /** Ends the answer normally. */
    public AnswerScript end() {
        return then(new Step.Finale(AnswerSink::end));
    }

    private AnswerScript part(Consumer<AnswerSink> act) {
        return then(new Step.Part(act));
    }

    AnswerScript then(Step step) {
        if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.Finale) {
            throw new IllegalStateException("Nothing can follow the last step of a script");
        }
        return new AnswerScript(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    /** One thing a simulated model does. */
    sealed interface Step {
        /** Does nothing for a while. */
        record Pause(Duration length) implements Step {
            public Pause {
                if (length.isNegative()) {
                    throw new IllegalArgumentException("A pause must be zero or more, but was " + length);
                }
            }
        }

        /** Adds something to the answer. */
        record Part(Consumer<AnswerSink> act) implements Step {}

        /** Does the last thing; nothing follows. */
        record Finale(Consumer<AnswerSink> act) implements Step {}
    }
}
