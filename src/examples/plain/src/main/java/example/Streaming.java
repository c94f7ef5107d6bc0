package example;

import io.freerouter.ChatCall;
import io.freerouter.ChatMessage;
import io.freerouter.ChatOptions;
import io.freerouter.FreeRouter;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.routing.Strategy;
import java.util.List;

/** Prints an answer word by word, and who failed before it. */
public final class Streaming {
    private Streaming() {}

    public static void main(String... arguments) {
        FreeRouter router = FreeRouter.builder()
                .fromEnvironment()
                .strategy(Strategy.FALLBACK)
                .listener(event -> {
                    if (event instanceof Failed failed) {
                        System.out.println("(" + failed.model() + ": " + failed.failure().cause() + ")");
                    }
                })
                .build();
        ChatCall call = ChatCall.of(List.of(ChatMessage.user("Hello")), ChatOptions.standard());
        router.stream(call)
                .invoke(chunk -> System.out.print(chunk.text()))
                .onTermination()
                .invoke(router::close)
                .collect()
                .last()
                .await()
                .indefinitely();
        System.out.println();
    }
}
