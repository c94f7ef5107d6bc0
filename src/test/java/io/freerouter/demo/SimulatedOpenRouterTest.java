package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.HttpCaller;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedOpenRouterTest {
    private final FakeOpenRouter upstream = FakeOpenRouter.start();
    private final HttpCaller caller = new HttpCaller(upstream.baseUrl());

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static String message(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonObject("error").getString("message");
    }

    @Test
    void the_list_of_models_needs_no_key() throws Exception {
        upstream.catalog("{\"data\":[]}");
        HttpResponse<String> response =
                caller.send(caller.request("/models?limit=1000").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void a_request_without_a_key_is_not_let_in() throws Exception {
        upstream.script("m", CannedAnswers.answers("Hello"));
        HttpResponse<String> chat = caller.send(
                caller.request("/chat/completions")
                        .POST(BodyPublishers.ofString("{\"model\":\"m\"}"))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> key = caller.send(caller.request("/key").build(), BodyHandlers.ofString());
        assertThat(chat.statusCode()).isEqualTo(401);
        assertThat(key.statusCode()).isEqualTo(401);
    }

    @Test
    void a_key_tells_its_account() throws Exception {
        assertThat(caller.get("/key").body()).contains("label");
    }

    @Test
    void nobody_serves_an_unknown_model() throws Exception {
        HttpResponse<String> response = caller.chat("who/knows:free", true);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(message(response)).isEqualTo("No endpoints found for who/knows:free.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"model\":7}"})
    void a_body_that_names_no_model_is_refused(String body) throws Exception {
        assertThat(caller.post(body).statusCode()).isEqualTo(400);
    }

    @Test
    void other_paths_lead_nowhere() throws Exception {
        HttpResponse<String> response = caller.get("/chat/completions");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(message(response)).isEqualTo("Not Found");
    }

    @Test
    void a_large_request_arrives_whole() throws Exception {
        upstream.script("m", CannedAnswers.answers("Hello"));
        String body = "{\"model\":\"m\",\"pad\":\"" + "x".repeat(5_000_000) + "\"}";
        assertThat(caller.post(body).statusCode()).isEqualTo(200);
        assertThat(upstream.requests().get(0).body()).hasSize(body.length());
    }
}
