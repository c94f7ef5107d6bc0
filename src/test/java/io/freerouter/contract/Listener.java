package io.freerouter.contract;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Listens to a stream of langchain4j's and lets a test wait for its end. */
final class Listener implements StreamingChatResponseHandler {
    private static final int PATIENCE_SECONDS = 20;

    private final List<String> words = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String word) {
        words.add(word);
    }

    @Override
    public void onCompleteResponse(ChatResponse whole) {
        answer.complete(whole);
    }

    @Override
    public void onError(Throwable error) {
        answer.completeExceptionally(error);
    }

    /** What came before the end, piece by piece. */
    List<String> words() {
        return List.copyOf(words);
    }

    /** Waits for the end; throws what the stream ended with if that was an error. */
    ChatResponse answer() {
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
