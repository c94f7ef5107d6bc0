package io.freerouter.demo;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a simulated model does when asked: an immutable list of steps. Each method answers a new script with one step more.
 * A script that stops short of a last step ends normally. Asked for a whole answer instead of a stream, a model gathers
 * the same steps into one body.
 */
public final class Script {
    private static final Script EMPTY = new Script(List.of());

    private final List<Step> steps;

    private Script(List<Step> steps) {
        this.steps = steps;
    }

    /** A script without steps. */
    public static Script begin() {
        return EMPTY;
    }

    List<Step> steps() {
        return steps;
    }

    /** Does nothing for a while. */
    public Script pause(Duration length) {
        return then(new Step.Pause(length));
    }

    /** Answers with this status, these headers and this body, and is done. Only pauses may come before. */
    public Script respond(int status, Map<String, String> headers, String body) {
        if (!steps.stream().allMatch(Step.Pause.class::isInstance)) {
            throw new IllegalStateException("An answer has one status; take out what comes before this one");
        }
        Map<String, String> kept = Map.copyOf(headers);
        return then(new Step.Finale(reply -> reply.respond(status, kept, body)));
    }

    /** Sends the head of a good answer and nothing else. Every other part does this too where it has not happened. */
    public Script open() {
        return part(Reply::open);
    }

    /** Sends the comment that says the request is still being worked on. */
    public Script comment() {
        return part(Reply::comment);
    }

    /** Sends a chunk that names the role and says nothing. */
    public Script role() {
        return part(reply -> reply.delta(Delta.text("")));
    }

    /** Says something. */
    public Script text(String text) {
        return part(reply -> reply.delta(Delta.text(text)));
    }

    /** Thinks something. */
    public Script reasoning(String text) {
        return part(reply -> reply.delta(Delta.reasoning(text)));
    }

    /** Begins the call of a tool, the index-th of this answer. */
    public Script toolCall(int index, String name) {
        return part(reply -> reply.delta(Delta.toolCall(index, name)));
    }

    /** Adds to the arguments of the index-th tool call. */
    public Script toolArguments(int index, String fragment) {
        return part(reply -> reply.delta(Delta.toolArguments(index, fragment)));
    }

    /** Says why the answer is over, for example {@code stop}. */
    public Script finish(String reason) {
        return part(reply -> reply.finish(reason));
    }

    /** Says how many tokens were used. */
    public Script usage() {
        return part(Reply::usage);
    }

    /** Sends the mark after which no chunk comes. */
    public Script done() {
        return part(Reply::done);
    }

    /** Reports an error inside the good answer. */
    public Script error(int code, String message) {
        return part(reply -> reply.error(code, message));
    }

    /** Sends these bytes in one write, whatever they mean. */
    public Script raw(byte[] bytes) {
        Buffer kept = Buffer.buffer(bytes.clone());
        return part(reply -> reply.raw(kept.copy()));
    }

    /** Sends this text as UTF-8 in one write, whatever it means. */
    public Script raw(String text) {
        return part(reply -> reply.raw(Buffer.buffer(text)));
    }

    /** Closes the connection in the middle of the answer, after what was already said. */
    public Script reset() {
        return then(new Step.Finale(Reply::reset));
    }

    /** Neither says anything more nor ends, until the client leaves. */
    public Script hang() {
        return then(new Step.Finale(reply -> {}));
    }

    /** Ends the answer normally. */
    public Script end() {
        return then(new Step.Finale(Reply::end));
    }

    private Script part(Consumer<Reply> act) {
        return then(new Step.Part(act));
    }

    Script then(Step step) {
        if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.Finale) {
            throw new IllegalStateException("Nothing can follow the last step of a script");
        }
        return new Script(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }
}
