package io.freerouter.contract;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** The official client with its default settings, and what tests do with it most often. */
final class OpenAi implements AutoCloseable {
    private final OpenAIClient client;

    /** @param gateway the base URL, ending in {@code /v1} */
    OpenAi(URI gateway) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.toString())
                .apiKey("any")
                .build();
    }

    /** A request with one message for whichever model there is. */
    static ChatCompletionCreateParams.Builder says(String text) {
        return ChatCompletionCreateParams.builder().model("auto").addUserMessage(text);
    }

    OpenAIClient client() {
        return client;
    }

    ChatCompletion chat(ChatCompletionCreateParams.Builder request) {
        return client.chat().completions().create(request.build());
    }

    /** Reads a stream to its end, showing each chunk as it comes. */
    void stream(ChatCompletionCreateParams.Builder request, Consumer<ChatCompletionChunk> chunks) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request.build())) {
            stream.stream().forEach(chunks);
        }
    }

    /** Reads a stream to its end and puts it together. */
    ChatCompletion accumulate(ChatCompletionCreateParams.Builder request) {
        ChatCompletionAccumulator sum = ChatCompletionAccumulator.create();
        stream(request, sum::accumulate);
        return sum.chatCompletion();
    }

    /** What the chunk says, if anything. */
    static List<String> words(ChatCompletionChunk chunk) {
        return chunk.choices().stream()
                .flatMap(choice -> choice.delta().content().stream())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    static ChatCompletionMessage message(ChatCompletion answer) {
        return answer.choices().get(0).message();
    }

    static String text(ChatCompletion answer) {
        return message(answer).content().orElse("");
    }

    @Override
    public void close() {
        client.close();
    }
}
