package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.catalog.ModelId;
import io.freerouter.demo.Call;
import io.freerouter.demo.Script;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.Completion;
import io.freerouter.engine.Conversation;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.Question;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import io.freerouter.routing.Needs;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An upstream edge over real HTTP, and who it talks to. */
final class UpstreamUnderTest implements AutoCloseable {
    static final String MODEL = "maker/model:free";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeOpenRouter fake = FakeOpenRouter.start();
    private final Vertx vertx = Vertx.vertx();
    private final OpenRouterUpstream upstream = new OpenRouterUpstream(
            vertx, new Site(URI.create(fake.baseUrl()), new Secret("sk-1"), PATIENCE, Map.of()), new ManualTime());

    /** Where the other side answers. */
    String baseUrl() {
        return fake.baseUrl();
    }

    /** What the model answers from now on. */
    UpstreamUnderTest answering(Script script) {
        fake.script(MODEL, script);
        return this;
    }

    /** The paths of all calls so far. */
    List<String> calls() {
        return fake.requests().stream().map(Call::path).toList();
    }

    void forgetCalls() {
        fake.reset();
    }

    Completion complete(String body, String... tools) {
        return upstream.complete(question(false, body, tools)).await().atMost(PATIENCE);
    }

    /** The stream, read to its end. */
    OpenStream stream(String body, String... tools) {
        OpenStream stream = upstream.stream(question(true, body, tools)).await().atMost(PATIENCE);
        stream.events().collect().asList().await().atMost(PATIENCE);
        return stream;
    }

    /** What a request fails with, however it is asked; empty if it does not. */
    Optional<Failure> failure(boolean stream, String body) {
        Uni<?> answer = stream
                ? upstream.stream(question(true, body)).invoke(OpenStream::close)
                : upstream.complete(question(false, body));
        try {
            answer.await().atMost(PATIENCE);
            return Optional.empty();
        } catch (AttemptFailed failed) {
            return Optional.of(failed.failure());
        }
    }

    /** @param body with single quotes, and without its model and stream */
    private static Question question(boolean stream, String body, String... tools) {
        String sent = ("{'model':'" + MODEL + "','stream':" + stream + body + "}").replace('\'', '"');
        ChatRequest request = new ChatRequest(
                new Needs(List.of()),
                stream,
                (model, ownFrom, output) -> sent.getBytes(UTF_8),
                Conversation.UNKNOWN,
                Set.of(tools));
        return new Question(new ModelId(MODEL), request, 0, Long.MAX_VALUE);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        fake.close();
    }
}
