package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.engine.Dialect;
import java.util.stream.Stream;

/**
 * Where things stand in a dialect's answers. Looks at one JSON object at a time: the data of one event of a stream, or a whole
 * answer. Has no state.
 */
interface Grammar {
    /** The grammar of a dialect. */
    static Grammar of(Dialect dialect) {
        return switch (dialect) {
            case CHAT, COMPLETIONS -> new ChatGrammar();
            case RESPONSES -> new ResponsesGrammar();
            case MESSAGES -> new MessagesGrammar();
            case EMBEDDINGS -> new EmbeddingsGrammar();
        };
    }

    /** Whether {@code [DONE]} is a proper end. */
    boolean endsByDone();

    /** Where an error stands if there is one; there may be none at these places. */
    Stream<JsonNode> errors(JsonNode json);

    /** Whether it says that the answer failed, without any error. */
    boolean failsSilently(JsonNode json);

    /** Whether clients understand the event as an error, so that it can be handed on as it is. */
    boolean showsError(Event event, JsonNode json);

    /** Whether the model says anything here, in whatever form. */
    boolean speaks(JsonNode json);

    /** Whether the answer needs no end mark any more. */
    boolean finishes(JsonNode json);

    /** Whether this is the end mark. */
    boolean ends(JsonNode json);

    /** The pieces of tool calls in it. */
    Stream<CallPiece> calls(JsonNode json);

    /** Whether a value is there and is not empty. */
    static boolean filled(JsonNode value) {
        return value.isTextual() ? !value.textValue().isEmpty() : !value.isEmpty();
    }

    /** What an array has; nothing if it is none. */
    static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? array.valueStream() : Stream.empty();
    }
}
