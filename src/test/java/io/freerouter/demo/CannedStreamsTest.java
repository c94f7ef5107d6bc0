package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CannedStreamsTest extends ScriptPlaying {
    private static final String COMMENT = ": OPENROUTER PROCESSING\n\n";

    private static List<String> events(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static List<JsonObject> chunks(HttpResponse<String> response) {
        return events(response).stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(JsonObject::new)
                .toList();
    }

    private static JsonObject choice(JsonObject chunk) {
        return chunk.getJsonArray("choices").getJsonObject(0);
    }

    private static String said(HttpResponse<String> response) {
        return chunks(response).stream()
                .map(chunk -> choice(chunk).getJsonObject("delta").getString("content"))
                .collect(Collectors.joining());
    }

    @Test
    void an_answer_comes_word_by_word_then_the_reason_usage_and_done() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.answers("Hello dear world"), true);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.headers().firstValue("X-Generation-Id"))
                .contains(chunks(response).get(0).getString("id"));
        assertThat(said(response)).isEqualTo("Hello dear world");
        assertThat(events(response)).hasSize(7).endsWith("[DONE]");
        assertThat(choice(chunks(response).get(4)).getString("finish_reason")).isEqualTo("stop");
        assertThat(chunks(response).get(5).getJsonObject("usage").getInteger("cost"))
                .isZero();
    }

    @Test
    void every_chunk_tells_who_speaks() throws Exception {
        assertThat(chunks(play(CannedAnswers.answers("Hello"), true))).allSatisfy(chunk -> {
            assertThat(chunk.getString("object")).isEqualTo("chat.completion.chunk");
            assertThat(chunk.getString("model")).isEqualTo("m");
            assertThat(chunk.getString("provider")).isEqualTo("Demo");
        });
    }

    @Test
    void a_slow_answer_begins_with_a_comment() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.slow(Duration.ofMillis(50), "At last"), true);
        assertThat(response.body()).startsWith(COMMENT);
        assertThat(said(response)).isEqualTo("At last");
    }

    @Test
    void reasoning_comes_before_the_text() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.reasons("Hm.", "Yes"), true);
        JsonObject second = choice(chunks(response).get(1)).getJsonObject("delta");
        assertThat(second.getString("reasoning")).isEqualTo("Hm.");
        assertThat(second.getJsonArray("reasoning_details")).hasSize(1);
        assertThat(said(response)).isEqualTo("Yes");
    }

    @Test
    void a_tool_call_is_named_first_and_its_arguments_follow_in_pieces() throws Exception {
        List<JsonObject> calls = chunks(play(CannedAnswers.callsTool("weather", "{\"in\":\"Bern\"}"), true)).stream()
                .map(chunk -> choice(chunk).getJsonObject("delta"))
                .filter(delta -> delta.containsKey("tool_calls"))
                .map(delta -> delta.getJsonArray("tool_calls").getJsonObject(0).getJsonObject("function"))
                .toList();
        assertThat(calls.get(0).getString("name")).isEqualTo("weather");
        assertThat(calls).hasSize(3);
        assertThat(calls.stream().map(call -> call.getString("arguments")).collect(Collectors.joining()))
                .isEqualTo("{\"in\":\"Bern\"}");
    }

    @Test
    void a_rate_limit_names_the_providers_pool() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.rateLimited(), true);
        JsonObject metadata =
                new JsonObject(response.body()).getJsonObject("error").getJsonObject("metadata");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
        assertThat(metadata.getString("provider_name")).isEqualTo("Crowded");
        assertThat(metadata.getString("limit_source")).isEqualTo("upstream_provider_shared_pool");
    }

    @Test
    void a_rate_limit_may_say_when_to_come_back() throws Exception {
        HttpResponse<String> response = play(CannedTestAnswers.rateLimited(7), true);
        JsonObject availability =
                new JsonObject(response.body()).getJsonObject("error").getJsonObject("availability");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("7");
        assertThat(availability.getInteger("retry_after")).isEqualTo(7);
    }

    @Test
    void an_error_before_any_token_has_its_own_status() throws Exception {
        HttpResponse<String> response = play(CannedTestAnswers.serverError(503), true);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getJsonObject("error").getInteger("code"))
                .isEqualTo(503);
    }

    @Test
    void a_bad_request_is_told_why() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.badRequest("too many tools"), true);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("too many tools");
    }

    @Test
    void the_edge_answers_with_a_page() throws Exception {
        HttpResponse<String> response = play(CannedTestAnswers.htmlError(524), true);
        assertThat(response.statusCode()).isEqualTo(524);
        assertThat(response.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void an_error_inside_200_is_the_first_event() throws Exception {
        HttpResponse<String> response = play(CannedAnswers.errorInside200(), true);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject event = new JsonObject(events(response).get(0));
        assertThat(event.fieldNames()).containsExactly("error");
        assertThat(event.getJsonObject("error").getInteger("code")).isEqualTo(502);
    }

    @Test
    void an_error_after_the_first_token_sits_in_a_chunk() throws Exception {
        JsonObject last = chunks(play(AnswerScript.begin().text("Well").error(429, "Enough"), true))
                .get(1);
        assertThat(last.getJsonObject("error").getString("message")).isEqualTo("Enough");
        assertThat(choice(last).getString("finish_reason")).isEqualTo("error");
    }

    @Test
    void an_empty_stream_ends_well_and_says_nothing() throws Exception {
        HttpResponse<String> response = play(CannedTestAnswers.emptyStream(), true);
        assertThat(said(response)).isEmpty();
        assertThat(events(response)).endsWith("[DONE]");
    }

    @Test
    void raw_bytes_go_out_as_they_are() throws Exception {
        assertThat(play(AnswerScript.begin().raw("data: {\"a\"").raw("}: nonsense\r"), true)
                        .body())
                .isEqualTo("data: {\"a\"}: nonsense\r");
    }

    @Test
    void a_broken_stream_breaks_after_its_words() {
        upstream.script("m", CannedAnswers.breaksAfter("Once upon"));
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        HttpRequest request = caller.request("/chat/completions")
                .header("Authorization", "Bearer test")
                .POST(BodyPublishers.ofString("{\"model\":\"m\",\"stream\":true}"))
                .build();
        BodyHandler<Void> taking = BodyHandlers.ofByteArrayConsumer(bytes -> bytes.ifPresent(got::writeBytes));
        assertThatThrownBy(() -> caller.send(request, taking)).isInstanceOf(IOException.class);
        assertThat(got.toString(StandardCharsets.UTF_8)).contains("Once ").contains("upon");
        assertThat(upstream.openCalls()).isZero();
        assertThat(upstream.abortedCalls()).isZero();
    }
}
