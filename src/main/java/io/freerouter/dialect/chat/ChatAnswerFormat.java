package io.freerouter.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.freerouter.dialect.AnswerFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chat completions and the older completions of a text, by OpenRouter's <a
 * href="https://openrouter.ai/docs/api-reference/streaming">streaming</a> and <a
 * href="https://openrouter.ai/docs/api-reference/errors">errors</a> pages.
 */
public final class ChatAnswerFormat implements AnswerFormat {
    private static final int FUNCTION_CALL = -1;
    private static final String ERROR = "error";
    private static final String CHOICES = "choices";
    private static final String FINISH_REASON = "finish_reason";
    private static final String NATIVE_FINISH_REASON = "native_finish_reason";
    private static final String TOOL_CALLS = "tool_calls";
    private static final String INDEX = "index";
    private static final String OLD_CALL = "function_call";

    /** Where a model's words, thoughts, calls and pictures are, by OpenAI's API and OpenRouter's additions to it. */
    private static final List<String> CONTENTS = List.of(
            "content",
            "reasoning",
            "reasoning_content",
            "reasoning_details",
            TOOL_CALLS,
            "refusal",
            "images",
            "audio",
            OLD_CALL);

    /** OpenRouter has been seen to give these as {@code native_finish_reason} of an answer that failed silently. */
    private static final Set<String> NATIVE_ERRORS = Set.of(ERROR, "network_error");

    /** OpenAI's {@code length}, and what some providers give in its place. */
    private static final Set<String> LIMITS = Set.of("length", "max_tokens", "max_output_tokens");

    private static final Set<String> NOTABLE =
            Set.of(ERROR, FINISH_REASON, NATIVE_FINISH_REASON, "usage", INDEX, TOOL_CALLS, OLD_CALL);

    @Override
    public boolean endsByDone() {
        return true;
    }

    @Override
    public Stream<JsonNode> errors(JsonNode json) {
        return Stream.concat(Stream.of(json.path(ERROR)), choices(json).map(choice -> choice.path(ERROR)));
    }

    @Override
    public boolean failsSilently(JsonNode json) {
        for (JsonNode choice : json.path(CHOICES)) {
            if (failed(choice)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean showsError(String eventName, JsonNode json) {
        return json.path(ERROR).isObject() && !json.path(ERROR).isEmpty();
    }

    @Override
    public boolean speaks(JsonNode json) {
        for (JsonNode choice : json.path(CHOICES)) {
            if (AnswerFormat.filled(choice.path("text"))
                    || says(choice.path("delta"))
                    || says(choice.path("message"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(JsonNode message) {
        for (String name : CONTENTS) {
            if (AnswerFormat.filled(message.path(name))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public IntStream answers(JsonNode json) {
        List<Integer> indices = new ArrayList<>();
        for (JsonNode choice : json.path(CHOICES)) {
            indices.add(index(choice, indices.size()));
        }
        return indices.stream().mapToInt(index -> index);
    }

    @Override
    public Stream<Ending> endings(JsonNode json) {
        List<Ending> endings = new ArrayList<>();
        int position = 0;
        for (JsonNode choice : json.path(CHOICES)) {
            int index = index(choice, position++);
            String reason = choice.path(FINISH_REASON).asText("");
            if (!reason.isBlank() && !failed(choice)) {
                endings.add(new Ending(index, LIMITS.contains(reason.toLowerCase(Locale.ROOT)), reason));
            }
        }
        return endings.stream();
    }

    /** Whether a choice ended by an error, by its own reason or only in the provider's term. */
    private static boolean failed(JsonNode choice) {
        return choice.path(FINISH_REASON).asText().equals(ERROR)
                || NATIVE_ERRORS.contains(choice.path(NATIVE_FINISH_REASON).asText());
    }

    /** By the index of the choice and of the call, as OpenAI's clients do it. The older {@code function_call} is one too. */
    @Override
    public Stream<CallPiece> calls(JsonNode json) {
        List<CallPiece> pieces = new ArrayList<>();
        int position = 0;
        for (JsonNode choice : json.path(CHOICES)) {
            int index = index(choice, position++);
            add(pieces, index, choice.path("delta"));
            add(pieces, index, choice.path("message"));
        }
        return pieces.stream();
    }

    private static void add(List<CallPiece> pieces, int choice, JsonNode message) {
        int position = 0;
        for (JsonNode call : message.path(TOOL_CALLS)) {
            int index = index(call, position++);
            pieces.add(piece(
                    choice, index, call.path("id"), call.has("custom") ? call.path("custom") : call.path("function")));
        }
        if (message.path(OLD_CALL).isObject()) {
            pieces.add(piece(choice, FUNCTION_CALL, MissingNode.getInstance(), message.path(OLD_CALL)));
        }
    }

    private static CallPiece piece(int choice, int call, JsonNode id, JsonNode function) {
        return new CallPiece(choice, call, id, function.path("name"), function.path("arguments"));
    }

    @Override
    public Set<String> notableMembers() {
        return NOTABLE;
    }

    private static Stream<JsonNode> choices(JsonNode json) {
        return json.path(CHOICES).valueStream();
    }

    /** The index that an element names, or its position. */
    static int index(JsonNode element, int position) {
        return element.path(INDEX).asInt(position);
    }
}
