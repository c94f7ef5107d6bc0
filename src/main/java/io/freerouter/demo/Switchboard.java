package io.freerouter.demo;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Connects each request with the script that answers it. */
final class Switchboard implements Handler<HttpServerRequest> {
    static final String BASE = "/api/v1";
    static final String CHAT = BASE + "/chat/completions";
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
        Wire wire = new Wire(request, () -> close(call, over, false));
        Player player = new Player(vertx, script(call), request.response(), reply(call, wire));
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

    private Reply reply(Call call, Wire wire) {
        String generation = "gen-demo-" + generations.incrementAndGet();
        Shapes shapes = new Shapes(generation, call.model().orElse(""), call.body().length / BYTES_PER_TOKEN);
        return call.stream() ? new StreamReply(wire, shapes) : new WholeReply(wire, shapes);
    }

    private Script script(Call call) {
        return switch (call.method() + " " + call.path()) {
            case "GET " + BASE + "/models" -> world.models();
            case "GET " + BASE + "/key" -> withKey(call, world::key);
            case "POST " + CHAT -> withKey(call, this::chat);
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
