package io.freerouter.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.freerouter.engine.Dialect;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An answer that no model has given, in each dialect. */
final class LocalAnswer {
    private static final String CHAT =
            "{\"id\":\"local\",\"object\":\"chat.completion\",\"created\":0,\"model\":\"local\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}}";

    private static final String CHUNK = "data: {\"id\":\"local\",\"object\":\"chat.completion.chunk\",\"created\":0,"
            + "\"model\":\"local\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";

    private static final String CHUNKS = CHUNK.formatted("{\"role\":\"assistant\",\"content\":%s}", "null")
            + CHUNK.formatted("{}", "\"stop\"") + "data: [DONE]\n\n";

    private static final String MESSAGE = "{\"id\":\"msg_local\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"local\",\"content\":[%s],\"stop_reason\":%s,\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":0,\"output_tokens\":0}}";

    private static final String BLOCK = "{\"type\":\"text\",\"text\":%s}";

    private static final String[] MESSAGE_EVENTS = {
        "{\"type\":\"message_start\",\"message\":" + MESSAGE.formatted("", "null") + "}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":" + BLOCK.formatted("\"\"") + "}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}}",
        "{\"type\":\"content_block_stop\",\"index\":0}",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                + "\"usage\":{\"output_tokens\":0}}",
        "{\"type\":\"message_stop\"}"
    };

    private LocalAnswer() {}

    /** The answer as JSON, or as server-sent events. */
    static String of(Dialect dialect, String text, boolean stream) {
        String quoted = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        return switch (dialect) {
            case CHAT, COMPLETIONS, EMBEDDINGS -> (stream ? CHUNKS : CHAT).formatted(quoted);
            case RESPONSES -> stream ? LocalResponse.events(quoted) : LocalResponse.json(quoted);
            case MESSAGES ->
                stream
                        ? events(MESSAGE_EVENTS).formatted(quoted)
                        : MESSAGE.formatted(BLOCK.formatted(quoted), "\"end_turn\"");
        };
    }

    /** Events that are named by their {@code type}, which is their first member. */
    static String events(String... data) {
        return Arrays.stream(data)
                .map(event -> "event: " + event.split("\"", 5)[3] + "\ndata: " + event + "\n\n")
                .collect(Collectors.joining());
    }
}
