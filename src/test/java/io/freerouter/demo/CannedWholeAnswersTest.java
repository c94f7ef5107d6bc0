package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CannedWholeAnswersTest extends ScriptPlaying {
    private static JsonObject choice(AnswerScript script) throws Exception {
        return new JsonObject(play(script, false).body())
                .getJsonArray("choices")
                .getJsonObject(0);
    }

    @Test
    void an_answer_comes_as_one_completion() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.answers("Hello dear world"), false);
        JsonObject body = new JsonObject(response.body());
        JsonObject choice = body.getJsonArray("choices").getJsonObject(0);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(body.getString("object")).isEqualTo("chat.completion");
        assertThat(body.getString("model")).isEqualTo("m");
        assertThat(body.getJsonObject("usage").getInteger("cost")).isZero();
        assertThat(choice.getJsonObject("message"))
                .isEqualTo(new JsonObject()
                        .put("role", "assistant")
                        .put("content", "Hello dear world")
                        .putNull("refusal"));
        assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    }

    @Test
    void a_slow_answer_comes_whole() throws Exception {
        JsonObject message =
                choice(CannedAnswers.slow(Duration.ofMillis(50), "At last")).getJsonObject("message");
        assertThat(message.getString("content")).isEqualTo("At last");
    }

    @Test
    void reasoning_stands_beside_the_text() throws Exception {
        JsonObject message = choice(CannedAnswers.reasons("Hm.", "Yes")).getJsonObject("message");
        assertThat(message.getString("reasoning")).isEqualTo("Hm.");
        assertThat(message.getString("content")).isEqualTo("Yes");
    }

    @Test
    void tool_calls_have_their_arguments_put_together() throws Exception {
        JsonObject choice = choice(AnswerScript.begin()
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
        AnswerScript script = CannedAnswers.callsTool("weather", "{\"in\":\"Bern\"}");
        assertThat(choice(script)).isEqualTo(choice(script));
    }

    @Test
    void errors_before_any_token_are_the_same_as_for_a_stream() throws Exception {
        assertThat(play(CannedTestAnswers.rateLimited(7), false).headers().firstValue("Retry-After"))
                .contains("7");
        assertThat(play(CannedTestAnswers.serverError(502), false).statusCode()).isEqualTo(502);
        assertThat(play(CannedTestAnswers.htmlError(524), false).body()).startsWith("<!DOCTYPE html>");
        assertThat(play(CannedAnswers.badRequest("no"), false).statusCode()).isEqualTo(400);
    }

    @Test
    void an_error_inside_200_is_all_there_is() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.errorInside200(), false);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).fieldNames()).containsExactly("error");
    }

    @Test
    void an_error_after_some_text_sits_in_the_choice() throws Exception {
        JsonObject choice = choice(AnswerScript.begin().text("Well").error(502, "Enough"));
        assertThat(choice.getJsonObject("error").getInteger("code")).isEqualTo(502);
        assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("Well");
        assertThat(choice.getString("finish_reason")).isEqualTo("error");
    }

    @Test
    void an_empty_answer_has_a_message_that_says_nothing() throws Exception {
        JsonObject choice = choice(CannedTestAnswers.emptyStream());
        assertThat(choice.getJsonObject("message").getString("content")).isEmpty();
        assertThat(choice.getValue("finish_reason")).isNull();
    }

    @Test
    void raw_bytes_go_out_as_they_are() throws Exception {
        assertThat(play(AnswerScript.begin().raw("{\"choices\":[").end(), false).body())
                .isEqualTo("{\"choices\":[");
    }

    @Test
    void a_broken_answer_breaks() {
        assertThatThrownBy(() -> play(CannedAnswers.breaksAfter("Once upon"), false))
                .isInstanceOf(IOException.class);
    }
}
