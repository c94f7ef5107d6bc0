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
     * Starts a simulated OpenRouter.
     *
     * @param vertx runs it, and stays open when it is closed
     * @param port where it listens, 0 for any free port
     * @param responder answers the requests
     * @param listener is notified of each request
     */
    public static CompletionStage<SimulatedOpenRouter> start(
            Vertx vertx, int port, Responder responder, RequestListener listener) {
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(new Dispatcher(vertx, responder, listener))
                .listen(port, HOST)
                .map(SimulatedOpenRouter::new)
                .toCompletionStage();
    }

    /** The root of its API, without a slash at the end. */
    public String baseUrl() {
        return "http://" + HOST + ":" + server.actualPort() + Dispatcher.BASE;
    }

    /** Stops listening and closes every connection. */
    public CompletionStage<Void> close() {
        return server.close().toCompletionStage();
    }
}
