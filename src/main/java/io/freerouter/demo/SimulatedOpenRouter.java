package io.freerouter.demo;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.CompletionStage;

/** A stand-in for OpenRouter: real HTTP on this machine only, answered by scripts. */
public final class SimulatedOpenRouter {
    private static final String HOST = "127.0.0.1";

    private final HttpServer server;

    private SimulatedOpenRouter(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param vertx who runs it, and is not closed with it
     * @param port where it listens, 0 for any free port
     * @param world what it answers
     * @param visitor who watches
     */
    public static CompletionStage<SimulatedOpenRouter> start(Vertx vertx, int port, World world, Visitor visitor) {
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(new Switchboard(vertx, world, visitor))
                .listen(port, HOST)
                .map(SimulatedOpenRouter::new)
                .toCompletionStage();
    }

    /** Where it answers, without a slash at the end. */
    public String baseUrl() {
        return "http://" + HOST + ":" + server.actualPort() + Switchboard.BASE;
    }

    /** Stops listening and closes every connection. */
    public CompletionStage<Void> close() {
        return server.close().toCompletionStage();
    }
}
