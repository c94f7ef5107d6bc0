package io.freerouter.contract;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The official Anthropic client, as a program would use it. */
final class Claude implements AutoCloseable {
    private final AnthropicClient client;

    /** @param gateway the base URL */
    Claude(URI gateway) {
        client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.toString())
                .apiKey("any")
                .build();
    }

    /** A request with one message for the model that such programs ask for. */
    static MessageCreateParams.Builder says(String text) {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(500)
                .addUserMessage(text);
    }

    AnthropicClient client() {
        return client;
    }

    Message message(MessageCreateParams.Builder request) {
        return client.messages().create(request.build());
    }

    /** Reads a stream to its end, showing each event as it comes. */
    void stream(MessageCreateParams.Builder request, Consumer<RawMessageStreamEvent> events) {
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(request.build())) {
            stream.stream().forEach(events);
        }
    }

    /** Reads a stream to its end and puts it together. */
    Message accumulate(MessageCreateParams.Builder request) {
        MessageAccumulator sum = MessageAccumulator.create();
        stream(request, sum::accumulate);
        return sum.message();
    }

    static String text(Message message) {
        return message.content().stream()
                .map(ContentBlock::text)
                .flatMap(block -> block.stream().map(text -> text.text()))
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        client.close();
    }
}
