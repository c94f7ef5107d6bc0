package example;

import io.freerouter.ChatMessage;
import io.freerouter.ChatOptions;
import io.freerouter.FreeRouter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks without waiting: the answer comes when it comes. */
public final class Asking {
    private Asking() {}

    public static void main(String... arguments) {
        FreeRouter router = FreeRouter.builder().fromEnvironment().build();
        CompletionStage<?> printed = router.chat(
                        List.of(ChatMessage.user("Hello")), ChatOptions.standard().maxTokens(64))
                .invoke(answer -> System.out.println(answer.model() + ": " + answer.text()))
                .onTermination()
                .invoke(router::close)
                .subscribeAsCompletionStage();
        // Only because there is nothing else to do here.
        printed.toCompletableFuture().join();
    }
}
