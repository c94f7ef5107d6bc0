package io.freerouter.wire;

/** An answer that no model has given, as one of OpenAI's responses. */
final class LocalResponse {
    private static final String RESPONSE =
            "{\"id\":\"resp_local\",\"object\":\"response\",\"created_at\":0,\"status\":\"%s\","
                    + "\"model\":\"local\",\"output\":[%s],\"error\":null,\"incomplete_details\":null,\"instructions\":null,"
                    + "\"metadata\":{},\"parallel_tool_calls\":false,\"temperature\":null,\"tool_choice\":\"auto\",\"tools\":[],"
                    + "\"top_p\":null,\"usage\":{\"input_tokens\":0,\"input_tokens_details\":{\"cached_tokens\":0},"
                    + "\"output_tokens\":0,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":0}}";

    private static final String ITEM =
            "{\"id\":\"item_local\",\"type\":\"message\",\"role\":\"assistant\",\"status\":\"%s\","
                    + "\"content\":[%s]}";

    private static final String PART = "{\"type\":\"output_text\",\"text\":%s,\"annotations\":[],\"logprobs\":[]}";

    private static final String PLACE = "\"item_id\":\"item_local\",\"output_index\":0,\"content_index\":0";

    private LocalResponse() {}

    static String json(String quoted) {
        return RESPONSE.formatted("completed", item(quoted));
    }

    private static String item(String quoted) {
        return ITEM.formatted("completed", PART.formatted(quoted));
    }

    static String events(String quoted) {
        return LocalAnswer.events(
                event("response.created", 0, "\"response\":" + RESPONSE.formatted("in_progress", "")),
                event(
                        "response.output_item.added",
                        1,
                        "\"output_index\":0,\"item\":" + ITEM.formatted("in_progress", "")),
                event("response.content_part.added", 2, PLACE + ",\"part\":" + PART.formatted("\"\"")),
                event("response.output_text.delta", 3, PLACE + ",\"logprobs\":[],\"delta\":" + quoted),
                event("response.output_text.done", 4, PLACE + ",\"logprobs\":[],\"text\":" + quoted),
                event("response.content_part.done", 5, PLACE + ",\"part\":" + PART.formatted(quoted)),
                event("response.output_item.done", 6, "\"output_index\":0,\"item\":" + item(quoted)),
                event("response.completed", 7, "\"response\":" + json(quoted)));
    }

    private static String event(String type, int number, String members) {
        return "{\"type\":\"" + type + "\",\"sequence_number\":" + number + "," + members + "}";
    }
}
