package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chat completions and the older completions of a text, by OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/streaming">streaming</a> and <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> pages.
 */
final class ChatGrammar implements Grammar {
    private static final int FUNCTION_CALL = -1;

    @Override
    public boolean endsByDone() {
        return true;
    }

    @Override
    public Stream<JsonNode> errors(JsonNode json) {
        return Stream.concat(
                Stream.of(json.path("error")), Choice.of(json).stream().map(Choice::error));
    }

    @Override
    public boolean failsSilently(JsonNode json) {
        return Choice.of(json).stream().anyMatch(Choice::failed);
    }

    @Override
    public boolean showsError(Event event, JsonNode json) {
        return json.path("error").isObject();
    }

    @Override
    public boolean speaks(JsonNode json) {
        return Choice.of(json).stream().anyMatch(Choice::speaks);
    }

    @Override
    public boolean finishes(JsonNode json) {
        return Choice.of(json).stream().anyMatch(Choice::finished);
    }

    @Override
    public boolean ends(JsonNode json) {
        return false;
    }

    /** By the index of the choice and of the call, as OpenAI's clients do it. The older {@code function_call} is one too. */
    @Override
    public Stream<CallPiece> calls(JsonNode json) {
        List<CallPiece> pieces = new ArrayList<>();
        int position = 0;
        for (JsonNode choice : json.path("choices")) {
            int index = choice.path("index").asInt(position++);
            add(pieces, index, choice.path("delta"));
            add(pieces, index, choice.path("message"));
        }
        return pieces.stream();
    }

    private static void add(List<CallPiece> pieces, int choice, JsonNode message) {
        int position = 0;
        for (JsonNode call : message.path("tool_calls")) {
            int index = call.path("index").asInt(position++);
            pieces.add(piece(choice, index, call.has("custom") ? call.path("custom") : call.path("function")));
        }
        if (message.path("function_call").isObject()) {
            pieces.add(piece(choice, FUNCTION_CALL, message.path("function_call")));
        }
    }

    private static CallPiece piece(int choice, int call, JsonNode function) {
        return new CallPiece(choice, call, function.path("name"), function.path("arguments"));
    }
}
