package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.HttpCaller;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScriptsWholeTest {
    private static FakeOpenRouter upstream;
    private static HttpCaller caller;

    @BeforeAll
    static void start() {
        upstream = FakeOpenRouter.start();
        caller = new HttpCaller(upstream.baseUrl());
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    private static HttpResponse<String> play(Script script) throws Exception {
        upstream.script("m", script);
        return caller.chat("m", false);
    }

    private static JsonObject choice(Script script) throws Exception {
        return new JsonObject(play(script).body()).getJsonArray("choices").getJsonObject(0);
    }

    @Test
    void an_answer_comes_as_one_completion() throws Exception {
        HttpResponse<String> response = play(Scripts.answers("Hello dear world"));
        JsonObject body = new JsonObject(response.body());
        JsonObject choice = body.getJsonArray("choices").getJsonObject(0);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(body.getString("object")).isEqualTo("chat.completion");
        assertThat(body.getString("model")).isEqualTo("m");
        assertThat(body.getJsonObject("usage").getInteger("cost")).isZero();
        assertThat(choice.getJsonObject("message"))
                .isEqualTo(new JsonObject().put("role", "assistant").put("content", "Hello dear world"));
        assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    }

    @Test
    void a_slow_answer_comes_whole() throws Exception {
        JsonObject message =
                choice(Scripts.slow(Duration.ofMillis(50), "At last")).getJsonObject("message");
        assertThat(message.getString("content")).isEqualTo("At last");
    }

    @Test
    void reasoning_stands_beside_the_text() throws Exception {
        JsonObject message = choice(Scripts.reasons("Hm.", "Yes")).getJsonObject("message");
        assertThat(message.getString("reasoning")).isEqualTo("Hm.");
        assertThat(message.getString("content")).isEqualTo("Yes");
    }

    @Test
    void tool_calls_have_their_arguments_put_together() throws Exception {
        JsonObject choice = choice(Script.begin()
                .toolCall(0, "weather")
                .toolArguments(0, "{\"in\":")
                .toolCall(1, "clock")
                .toolArguments(0, "\"Bern\"}")
                .toolArguments(1, "{}")
                .finish("tool_calls"));
        JsonObject message = choice.getJsonObject("message");
        assertThat(choice.getString("finish_reason")).isEqualTo("tool_calls");
        assertThat(message.getString("content")).isNull();
        assertThat(function(message, 0).getString("arguments")).isEqualTo("{\"in\":\"Bern\"}");
        assertThat(function(message, 1).getString("name")).isEqualTo("clock");
    }

    private static JsonObject function(JsonObject message, int index) {
        return message.getJsonArray("tool_calls").getJsonObject(index).getJsonObject("function");
    }

    @Test
    void a_script_plays_alike_every_time() throws Exception {
        Script script = Scripts.callsTool("weather", "{\"in\":\"Bern\"}");
        assertThat(choice(script)).isEqualTo(choice(script));
    }

    @Test
    void errors_before_any_token_are_the_same_as_for_a_stream() throws Exception {
        assertThat(play(Scripts.rateLimited(7)).headers().firstValue("Retry-After"))
                .contains("7");
        assertThat(play(Scripts.serverError(502)).statusCode()).isEqualTo(502);
        assertThat(play(Scripts.htmlError(524)).body()).startsWith("<!DOCTYPE html>");
        assertThat(play(Scripts.badRequest("no")).statusCode()).isEqualTo(400);
    }

    @Test
    void an_error_inside_200_is_all_there_is() throws Exception {
        HttpResponse<String> response = play(Scripts.errorInside200());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).fieldNames()).containsExactly("error");
    }

    @Test
    void an_error_after_some_text_sits_in_the_choice() throws Exception {
        JsonObject choice = choice(Script.begin().text("Well").error(502, "Enough"));
        assertThat(choice.getJsonObject("error").getInteger("code")).isEqualTo(502);
        assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("Well");
        assertThat(choice.getString("finish_reason")).isEqualTo("error");
    }

    @Test
    void an_empty_answer_has_a_message_that_says_nothing() throws Exception {
        JsonObject choice = choice(Scripts.emptyStream());
        assertThat(choice.getJsonObject("message").getString("content")).isEmpty();
        assertThat(choice.getValue("finish_reason")).isNull();
    }

    @Test
    void raw_bytes_go_out_as_they_are() throws Exception {
        assertThat(play(Script.begin().raw("{\"choices\":[").end()).body()).isEqualTo("{\"choices\":[");
    }

    @Test
    void a_broken_answer_breaks() {
        assertThatThrownBy(() -> play(Scripts.breaksAfter("Once upon"))).isInstanceOf(IOException.class);
    }
}
