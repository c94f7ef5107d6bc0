package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * OpenAI's <a href="https://platform.openai.com/docs/api-reference/responses-streaming">responses</a>, with what OpenRouter's
 * <a href="https://openrouter.ai/docs/api-reference/responses/overview">page on them</a> says beyond that.
 */
final class ResponsesGrammar implements Grammar {
    private static final String TYPE = "type";
    private static final String ERROR = "error";
    private static final String RESPONSE = "response";
    private static final String ITEM = "item";
    private static final String OUTPUT = "output";
    private static final String FAILED = "response.failed";
    private static final Set<String> ENDS = Set.of("response.completed", "response.incomplete");
    private static final Set<String> ERRORS = Set.of(ERROR, "response.error");
    private static final Set<String> FAILURES = Set.of("failed", "cancelled");

    @Override
    public boolean endsByDone() {
        return false;
    }

    /** An error event is itself the error, or has one. */
    @Override
    public Stream<JsonNode> errors(JsonNode json) {
        Stream<JsonNode> inside = Stream.of(ErrorObject.of(json), ErrorObject.of(json.path(RESPONSE)));
        return ERRORS.contains(type(json)) ? Stream.concat(inside, Stream.of(json)) : inside;
    }

    @Override
    public boolean failsSilently(JsonNode json) {
        return type(json).equals(FAILED)
                || FAILURES.contains(json.path("status").asText())
                || FAILURES.contains(json.path(RESPONSE).path("status").asText());
    }

    @Override
    public boolean showsError(Event event, JsonNode json) {
        return type(json).equals(ERROR)
                || type(json).equals(FAILED) && json.path(RESPONSE).path(ERROR).isObject();
    }

    @Override
    public boolean speaks(JsonNode json) {
        boolean delta = type(json).endsWith(".delta") && Grammar.filled(json.path("delta"));
        return delta || items(json).anyMatch(ResponsesGrammar::says);
    }

    private static Stream<JsonNode> items(JsonNode json) {
        return Stream.of(
                        Stream.of(json.path(ITEM)),
                        Grammar.elements(json.path(OUTPUT)),
                        Grammar.elements(json.path(RESPONSE).path(OUTPUT)))
                .flatMap(items -> items);
    }

    /** A message or a thought says something by its parts, a call by being one. */
    private static boolean says(JsonNode item) {
        return type(item).endsWith("_call")
                || Stream.of("content", "summary")
                        .flatMap(parts -> Grammar.elements(item.path(parts)))
                        .anyMatch(part -> Grammar.filled(part.path("text")) || Grammar.filled(part.path("refusal")));
    }

    @Override
    public boolean finishes(JsonNode json) {
        return false;
    }

    @Override
    public boolean ends(JsonNode json) {
        return ENDS.contains(type(json));
    }

    /** Each comes once more when it is whole, and so does the response: only the former counts in a stream. */
    @Override
    public Stream<CallPiece> calls(JsonNode json) {
        List<CallPiece> calls = new ArrayList<>();
        if (type(json).equals("response.output_item.done")) {
            add(calls, json.path("output_index").asInt(), json.path(ITEM));
        }
        for (JsonNode item : json.path(OUTPUT)) {
            add(calls, calls.size(), item);
        }
        return calls.stream();
    }

    private static void add(List<CallPiece> calls, int index, JsonNode item) {
        if (type(item).equals("function_call")) {
            calls.add(new CallPiece(0, index, item.path("name"), item.path("arguments")));
        }
    }

    private static String type(JsonNode json) {
        return json.path(TYPE).asText();
    }
}
