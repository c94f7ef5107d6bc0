package io.freerouter.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a dialect's answers have what matters. Each method looks at one JSON object: the data of one event of a stream, or a
 * whole answer. Has no state. What a dialect does not have, it need not answer for.
 */
public interface AnswerFormat {
    /**
     * The end of an answer that did not fail.
     *
     * @param answer which of the answers to one request, from 0 on
     * @param atLimit whether the model had to stop at a limit on the number of tokens
     * @param reason why the model stopped, in the upstream's word; empty text if it gives none
     */
    record Ending(int answer, boolean atLimit, String reason) {}

    /**
     * A piece of a tool call.
     *
     * @param answer which of the answers to one request
     * @param call which of that answer's calls
     * @param id the id of the call; a missing node if the piece has none
     * @param name the tool's name, or a part of it; a missing node if the piece has none
     * @param arguments some of its arguments; a missing node if the piece has none
     */
    record CallPiece(int answer, int call, JsonNode id, JsonNode name, JsonNode arguments) {}

    /** Whether {@code [DONE]} may end a stream that has no other end mark. */
    default boolean endsByDone() {
        return false;
    }

    /** The places where an error may be; there may be none at these places. */
    Stream<JsonNode> errors(JsonNode json);

    /** Whether the answer failed although no error is given. */
    default boolean failsSilently(JsonNode json) {
        return false;
    }

    /**
     * Whether clients recognise this event as an error, so that it can be handed on as it is.
     *
     * @param eventName the event's type, empty if it has none
     */
    default boolean showsError(String eventName, JsonNode json) {
        return false;
    }

    /** Whether the model says anything here: words, thoughts, tool calls, a refusal, an image. */
    boolean speaks(JsonNode json);

    /** The indices of the answers that this object has parts of. */
    default IntStream answers(JsonNode json) {
        return IntStream.of(0);
    }

    /** The answers that end here. */
    default Stream<Ending> endings(JsonNode json) {
        return Stream.empty();
    }

    /** Whether this is the end mark of a stream. */
    default boolean ends(JsonNode json) {
        return false;
    }

    /** The pieces of tool calls in it. */
    default Stream<CallPiece> calls(JsonNode json) {
        return Stream.empty();
    }

    /**
     * The members, at any depth, for which a chunk after the first token is parsed. A chunk that has none of them is only more
     * text, and is handed on as it is. A member that is null, or an {@code index} of 0, does not count. Each member that another
     * method here reads is among them, or depends on a {@code type} that is not among the {@link #textTypes}.
     */
    default Set<String> notableMembers() {
        return Set.of();
    }

    /** The values of {@code type}, at any depth, with which a chunk may be only more text; all values if this is empty. */
    default Set<String> textTypes() {
        return Set.of();
    }

    /** Whether a value is there and is not empty. */
    static boolean filled(JsonNode value) {
        return value.isTextual() ? !value.textValue().isEmpty() : !value.isEmpty();
    }

    /** The elements of an array; none if it is no array. */
    static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? array.valueStream() : Stream.empty();
    }
}
