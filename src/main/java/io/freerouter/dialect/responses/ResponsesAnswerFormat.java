package io.freerouter.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.AnswerFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * OpenAI's <a href="https://platform.openai.com/docs/api-reference/responses-streaming">responses</a>, with what OpenRouter's
 * <a href="https://openrouter.ai/docs/api-reference/responses/overview">page on them</a> says beyond that.
 */
public final class ResponsesAnswerFormat implements AnswerFormat {
    private static final String TYPE = "type";
    private static final String ERROR = "error";
    private static final String RESPONSE = "response";
    private static final String ITEM = "item";
    private static final String OUTPUT = "output";
    private static final String FAILED = "response.failed";
    private static final Set<String> ENDS = Set.of("response.completed", "response.incomplete");
    private static final Set<String> ERRORS = Set.of(ERROR, "response.error");
    private static final Set<String> FAILURES = Set.of("failed", "cancelled");
    private static final String STATUS = "status";
    private static final String INCOMPLETE = "incomplete";
    private static final Set<String> OVER = Set.of("completed", INCOMPLETE);
    /** By the API a response may also be incomplete because of a content filter. */
    private static final Set<String> LIMITS = Set.of("max_output_tokens", "max_tokens");

    private static final Set<String> NOTABLE = Set.of(ERROR, RESPONSE, ITEM, OUTPUT, STATUS, "usage");
    private static final Set<String> PLAIN_TYPES = Set.of(
            "response.output_text.delta",
            "response.refusal.delta",
            "response.reasoning_text.delta",
            "response.reasoning_summary_text.delta",
            "response.function_call_arguments.delta");

    /** An error event is itself the error, or has one. */
    @Override
    public Stream<JsonNode> errors(JsonNode json) {
        Stream<JsonNode> inside =
                Stream.of(json.path(ERROR), json.path(RESPONSE).path(ERROR));
        return ERRORS.contains(type(json)) ? Stream.concat(inside, Stream.of(json)) : inside;
    }

    @Override
    public boolean failsSilently(JsonNode json) {
        return type(json).equals(FAILED)
                || FAILURES.contains(json.path(STATUS).asText())
                || FAILURES.contains(json.path(RESPONSE).path(STATUS).asText());
    }

    @Override
    public boolean showsError(String eventName, JsonNode json) {
        return type(json).equals(ERROR)
                || type(json).equals(FAILED) && json.path(RESPONSE).path(ERROR).isObject();
    }

    @Override
    public boolean speaks(JsonNode json) {
        boolean delta = type(json).endsWith(".delta") && AnswerFormat.filled(json.path("delta"));
        return delta || items(json).anyMatch(ResponsesAnswerFormat::says);
    }

    private static Stream<JsonNode> items(JsonNode json) {
        return Stream.of(
                        Stream.of(json.path(ITEM)),
                        AnswerFormat.elements(json.path(OUTPUT)),
                        AnswerFormat.elements(json.path(RESPONSE).path(OUTPUT)))
                .flatMap(items -> items);
    }

    /** A message or a thought says something by its parts. A call says something by itself. */
    private static boolean says(JsonNode item) {
        return type(item).endsWith("_call")
                || Stream.of("content", "summary")
                        .flatMap(parts -> AnswerFormat.elements(item.path(parts)))
                        .anyMatch(part ->
                                AnswerFormat.filled(part.path("text")) || AnswerFormat.filled(part.path("refusal")));
    }

    /** A response is over by the event that ends its stream, or by its status where it came whole. */
    @Override
    public Stream<Ending> endings(JsonNode json) {
        if (!ends(json) && !OVER.contains(json.path(STATUS).asText())) {
            return Stream.empty();
        }
        JsonNode response = json.path(RESPONSE).isObject() ? json.path(RESPONSE) : json;
        return Stream.of(new Ending(0, isAtLimit(json) || isAtLimit(json.path(RESPONSE)), reason(response)));
    }

    /** The reason why a response is incomplete, or its status. */
    private static String reason(JsonNode response) {
        JsonNode incomplete = response.path("incomplete_details").path("reason");
        return incomplete.isTextual()
                ? incomplete.asText()
                : response.path(STATUS).asText("");
    }

    private static boolean isAtLimit(JsonNode response) {
        String reason = response.path("incomplete_details").path("reason").asText();
        return response.path(STATUS).asText().equals(INCOMPLETE) && LIMITS.contains(reason);
    }

    @Override
    public boolean ends(JsonNode json) {
        return ENDS.contains(type(json));
    }

    /** In a stream each call comes again when it is whole, and again in the whole response. Only the first of the two counts. */
    @Override
    public Stream<CallPiece> calls(JsonNode json) {
        List<CallPiece> calls = new ArrayList<>();
        if (type(json).equals("response.output_item.done")) {
            add(calls, json.path("output_index").asInt(), json.path(ITEM));
        }
        int position = 0;
        for (JsonNode item : json.path(OUTPUT)) {
            add(calls, position++, item);
        }
        return calls.stream();
    }

    private static void add(List<CallPiece> calls, int index, JsonNode item) {
        if (isCall(item)) {
            calls.add(new CallPiece(0, index, item.path("call_id"), item.path("name"), item.path("arguments")));
        }
    }

    /** Whether an item calls a tool by its name. The input of a custom tool is a text of any form. */
    static boolean isCall(JsonNode item) {
        return type(item).equals("function_call") || type(item).equals("custom_tool_call");
    }

    @Override
    public Set<String> notableMembers() {
        return NOTABLE;
    }

    @Override
    public Set<String> textTypes() {
        return PLAIN_TYPES;
    }

    private static String type(JsonNode json) {
        return json.path(TYPE).asText();
    }
}
