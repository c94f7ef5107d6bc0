package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GracefulShutdownTest {
    private final Vertx vertx = Vertx.vertx();
    private final GracefulShutdown drain = new GracefulShutdown();
    private HttpServer server;

    @BeforeEach
    void listen() {
        Router router = Router.router(vertx);
        router.route().handler(drain);
        router.route().handler(exchange -> exchange.end("answered"));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private ValidatableResponse post(String path) {
        return given().port(server.actualPort())
                .contentType("application/json")
                .body("{}")
                .post(path)
                .then();
    }

    private ValidatableResponse refused(String path) {
        drain.begin(new ShutdownDelayInitiatedEvent());
        return post(path).statusCode(503).header("Retry-After", "1").contentType("application/json");
    }

    @Test
    void before_the_end_all_go_on() {
        post("/v1/messages").statusCode(200).body(equalTo("answered"));
    }

    @Test
    void a_message_that_comes_too_late_is_refused_in_anthropics_shape() {
        refused("/v1/messages?beta=true")
                .body("type", equalTo("error"))
                .body("error.type", equalTo("overloaded_error"))
                .body("error.code", nullValue());
    }

    @Test
    void a_count_of_tokens_is_refused_in_anthropics_shape() {
        refused("/v1/messages/count_tokens").body("type", equalTo("error"));
    }

    @Test
    void a_chat_that_comes_too_late_is_refused_in_openais_shape() {
        refused("/v1/chat/completions")
                .body("error.code", equalTo("shutting_down"))
                .body("type", nullValue());
    }
}
