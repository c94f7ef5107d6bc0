package example;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.freerouter.FreeRouter;
import java.util.concurrent.CompletableFuture;

/** LangChain4j's chat models on free models. */
public final class ChatModels {
    private ChatModels() {}

    public static void main(String... arguments) {
        try (FreeRouter router = FreeRouter.builder().fromEnvironment().build()) {
            FreeRouterTransport transport = new FreeRouterTransport(router);
            System.out.println(whole(transport).chat("Hello"));
            System.out.println(spoken(streaming(transport)).aiMessage().text());
        }
    }

    private static ChatModel whole(FreeRouterTransport transport) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(transport)
                .apiKey("unused")
                .modelName("auto")
                .maxRetries(0)
                .build();
    }

    private static StreamingChatModel streaming(FreeRouterTransport transport) {
        return OpenAiStreamingChatModel.builder()
                .httpClientBuilder(transport)
                .apiKey("unused")
                .modelName("auto")
                .build();
    }

    private static ChatResponse spoken(StreamingChatModel model) {
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        model.chat("Hello", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                System.out.print(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                System.out.println();
                complete.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                complete.completeExceptionally(failure);
            }
        });
        return complete.join();
    }
}
