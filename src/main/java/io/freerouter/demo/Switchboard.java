package io.freerouter.demo;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Connects each request with the script that answers it. */
final class Switchboard implements Handler<HttpServerRequest> {
    static final String BASE = "/api/v1";
    static final String CHAT = BASE + "/chat/completions";
    static final String COMPLETIONS = BASE + "/completions";
    static final String RESPONSES = BASE + "/responses";
    static final String MESSAGES = BASE + "/messages";
    static final String EMBEDDINGS = BASE + "/embeddings";
    /** The paths at which a model is asked for an answer. */
    static final Set<String> ANSWERS = Set.of(CHAT, COMPLETIONS, RESPONSES, MESSAGES, EMBEDDINGS);

    private static final int BYTES_PER_TOKEN = 4;

    private final Vertx vertx;
    private final World world;
    private final Visitor visitor;
    private final AtomicLong generations = new AtomicLong();

    Switchboard(Vertx vertx, World world, Visitor visitor) {
        this.vertx = vertx;
        this.world = world;
        this.visitor = visitor;
    }

    /** A client that leaves before its request is whole was never here. */
    @Override
    public void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> connect(request, new Call(request, body)));
    }

    private void connect(HttpServerRequest request, Call call) {
        visitor.opened(call);
        AtomicBoolean over = new AtomicBoolean();
        String generation = "gen-demo-" + generations.incrementAndGet();
        Wire wire = new Wire(request, generation, () -> close(call, over, false));
        Player player = new Player(vertx, script(call), request.response(), reply(call, generation, wire));
        request.response().closeHandler(left -> {
            player.stop();
            close(call, over, true);
        });
        player.play();
    }

    private void close(Call call, AtomicBoolean over, boolean aborted) {
        if (over.compareAndSet(false, true)) {
            visitor.closed(call, aborted);
        }
    }

    private static Reply reply(Call call, String generation, Wire wire) {
        Shapes shapes = new Shapes(generation, call.model().orElse(""), call.body().length / BYTES_PER_TOKEN);
        Speech speech = Speech.of(call.path(), shapes);
        return call.stream() ? new StreamReply(wire, speech) : new WholeReply(wire, speech);
    }

    private Script script(Call call) {
        return switch (call.method() + " " + call.path()) {
            case "GET " + BASE + "/models" -> world.models();
            case "GET " + EMBEDDINGS + "/models" -> world.embeddingModels();
            case "GET " + BASE + "/key" -> withKey(call, world::key);
            case "POST " + CHAT, "POST " + COMPLETIONS, "POST " + RESPONSES, "POST " + MESSAGES, "POST " + EMBEDDINGS ->
                withKey(call, this::chat);
            default -> Scripts.refuses(404, "Not Found");
        };
    }

    private static Script withKey(Call call, Function<Call, Script> script) {
        Optional<String> key = call.header("Authorization").filter(value -> value.startsWith("Bearer "));
        return key.isEmpty() ? Scripts.refuses(401, "No auth credentials found") : script.apply(call);
    }

    private Script chat(Call call) {
        return call.model()
                .map(model -> world.chat(call).orElseGet(() -> unknown(model)))
                .orElseGet(() -> Scripts.badRequest("No models provided"));
    }

    private static Script unknown(String model) {
        return Scripts.refuses(404, "No endpoints found for " + model + ".");
    }
}
