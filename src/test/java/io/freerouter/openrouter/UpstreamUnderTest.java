package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.ChatRequest.Conversation;
import io.freerouter.engine.Completion;
import io.freerouter.engine.OpenStream;
import io.freerouter.engine.UpstreamRequest;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.ByteBuffer;
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
            vertx,
            new UpstreamEndpoint(URI.create(fake.baseUrl()), new Secret("sk-1"), PATIENCE, Map.of()),
            new ManualTime());

    /** Where the other side answers. */
    String baseUrl() {
        return fake.baseUrl();
    }

    /** What the model answers from now on. */
    UpstreamUnderTest answering(AnswerScript script) {
        fake.script(MODEL, script);
        return this;
    }

    /** The paths of all calls so far. */
    List<String> calls() {
        return fake.requests().stream().map(ReceivedRequest::path).toList();
    }

    void forgetCalls() {
        fake.reset();
    }

    Completion complete(String body, String... tools) {
        return upstream.complete(question(false, body, tools), () -> true)
                .await()
                .atMost(PATIENCE);
    }

    /** The stream, read to its end. */
    OpenStream stream(String body, String... tools) {
        OpenStream stream =
                upstream.stream(question(true, body, tools), () -> true).await().atMost(PATIENCE);
        stream.events().collect().asList().await().atMost(PATIENCE);
        return stream;
    }

    /** What a request fails with, however it is asked; empty if it does not. */
    Optional<Failure> failure(boolean stream, String body) {
        Uni<?> answer = stream
                ? upstream.stream(question(true, body), () -> true).invoke(OpenStream::close)
                : upstream.complete(question(false, body), () -> true);
        try {
            answer.await().atMost(PATIENCE);
            return Optional.empty();
        } catch (AttemptException failed) {
            return Optional.of(failed.failure());
        }
    }

    /** @param body with single quotes, and without its model and stream; if it denies data collection, so do its needs */
    private static UpstreamRequest question(boolean stream, String body, String... tools) {
        String sent = ("{'model':'" + MODEL + "','stream':" + stream + body + "}").replace('\'', '"');
        ChatRequest request = TestRequests.chat(
                TestRequests.needs(List.of(), body.contains("'deny'") ? Set.of(Ability.PRIVATE) : Set.of(), 0),
                stream,
                (model, ownFrom, output) -> List.of(ByteBuffer.wrap(sent.getBytes(UTF_8))),
                Conversation.UNKNOWN,
                Set.of(tools));
        return new UpstreamRequest(new ModelId(MODEL), request, 0, Long.MAX_VALUE);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        fake.close();
    }
}
