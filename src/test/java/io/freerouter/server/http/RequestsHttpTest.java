package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway tells of the requests that it got. */
@QuarkusTest
@WithTestResource(value = FakeUpstream.class, initArgs = @ResourceArg(name = "freerouter.ui.requests", value = "20"))
class RequestsHttpTest {
    FakeOpenRouter upstream;

    private static String id(Response response) {
        return response.header("X-FreeRouter-Request");
    }

    private static JsonPath request(Response answered) {
        Response told = get("/v1/requests/" + id(answered));
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.contentType()).startsWith("application/json");
        return told.jsonPath();
    }

    @Test
    void a_request_is_known_by_the_trace_that_its_caller_named() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Response answered = given().contentType("application/json")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")
                .body(Gateway.body("auto", false))
                .post("/v1/chat/completions");

        assertThat(request(answered).getString("trace_id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(request(Gateway.auto(false)).getString("trace_id")).isNull();
    }

    @Test
    void a_fallback_is_told_with_its_attempts_and_why_the_first_model_failed() {
        List<String> models = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));

        JsonPath told = request(Gateway.auto(false));

        assertThat(told.getString("object")).isEqualTo("request");
        assertThat(told.getString("dialect")).isEqualTo("chat");
        assertThat(told.getString("endpoint")).isEqualTo("/v1/chat/completions");
        assertThat(told.getString("model")).isEqualTo("auto");
        assertThat(told.getBoolean("stream")).isFalse();
        assertThat(told.getString("outcome")).isEqualTo("answered");
        assertThat(told.getString("answered_by")).isEqualTo(models.get(1));
        assertThat(told.getLong("usage.output_tokens")).isPositive();
        assertThat(told.getLong("took_ms")).isNotNegative();
        assertThat(told.getString("error")).isNull();
        assertThat(told.getLong("quota.after.minute.used")).isGreaterThanOrEqualTo(2);
        assertThat(told.getList("attempts.model", String.class)).isEqualTo(models);
        assertThat(told.getList("attempts.state", String.class)).containsExactly("failed", "won");
        assertThat(told.getList("attempts.role", String.class)).containsExactly("first", "fallback");
        assertThat(told.getString("attempts[0].cause")).isEqualTo("500 upstream error");
        assertThat(told.getString("attempts[0].cooldown_until")).isNotNull();
    }

    @Test
    void a_stream_is_told_with_its_first_token_and_its_tokens() {
        Pool.of(upstream, CannedAnswers.answers("one two three"));

        JsonPath told = request(Gateway.auto(true));

        assertThat(told.getBoolean("stream")).isTrue();
        assertThat(told.getString("outcome")).isEqualTo("answered");
        assertThat(told.getLong("first_token_ms")).isNotNegative();
        assertThat(told.getLong("tokens")).isPositive();
    }

    @Test
    void a_request_without_an_answer_has_the_error_in_our_own_words() {
        Pool.of(upstream, CannedTestAnswers.serverError(500));

        Response refused = Gateway.auto(false);
        JsonPath told = request(refused);

        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(told.getString("outcome")).isEqualTo("refused");
        assertThat(told.getString("error")).startsWith("No model answered: ");
        assertThat(told.getList("hints")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, chat",
        "/v1/messages, messages",
        "/v1/responses, responses",
        "/v1/completions, completions",
        "/v1/embeddings, embeddings"
    })
    void a_request_that_cannot_be_read_is_told_too(String path, String dialect) {
        Response refused =
                given().contentType("application/json").body("{\"model\": ").post(path);
        JsonPath told = request(refused);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(told.getString("outcome")).isEqualTo("invalid");
        assertThat(told.getString("dialect")).isEqualTo(dialect);
        assertThat(told.getString("error")).contains("400 invalid_json");
    }

    @Test
    void a_wrong_header_is_told_as_well() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Response refused = given().contentType("application/json")
                .header("X-FreeRouter-Strategy", "nonsense")
                .body(Gateway.body("auto", false))
                .post("/v1/chat/completions");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(request(refused).getString("error")).contains("invalid_header");
    }

    @Test
    void no_text_of_a_conversation_is_told() {
        Pool.of(upstream, CannedAnswers.answers("a-secret-answer"));
        Response answered = Gateway.post(
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"a-secret-question\"}]}");

        assertThat(get("/v1/requests/" + id(answered)).asString())
                .doesNotContain("a-secret", "bodies")
                .contains("\"outcome\":\"answered\"");
        assertThat(get("/v1/requests").asString()).doesNotContain("a-secret");
    }

    @Test
    void requests_are_listed_and_found_by_what_they_have() {
        List<String> models = Pool.of(upstream, CannedTestAnswers.serverError(503), CannedAnswers.answers("Hello"));
        String first = id(Gateway.auto(false));
        String bad = id(Gateway.post("{"));

        JsonPath all = get("/v1/requests").jsonPath();
        assertThat(all.getString("object")).isEqualTo("list");
        assertThat(all.getList("data.id", String.class)).startsWith(bad, first);
        assertThat(all.getInt("capacity")).isEqualTo(20);
        assertThat(found("limit", "1")).containsExactly(bad);
        assertThat(get("/v1/requests?limit=1").jsonPath().getBoolean("has_more"))
                .isTrue();
        assertThat(found("model", models.get(0).toUpperCase())).containsExactly(first);
        assertThat(found("outcome", "invalid")).contains(bad).doesNotContain(first);
        assertThat(found("dialect", "chat")).contains(first, bad);
        assertThat(found("dialect", "messages")).doesNotContain(first, bad);
        assertThat(found("q", "503")).contains(first).doesNotContain(bad);
        assertThat(found("q", first)).contains(first);
    }

    private static List<String> found(String parameter, String value) {
        return given().queryParam(parameter, value)
                .get("/v1/requests")
                .jsonPath()
                .getList("data.id", String.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"outcome=good", "dialect=klingon"})
    void a_filter_that_does_not_exist_is_an_error(String query) {
        assertError(get("/v1/requests?" + query), 400, "invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "x", "-1", "99999999999999999999"})
    void an_unknown_request_is_an_error(String id) {
        assertError(get("/v1/requests/" + id), 404, "request_not_found");
    }

    @Test
    void errors_are_in_the_callers_dialect() {
        Response missing = given().header("anthropic-version", "2023-06-01").get("/v1/requests/999999999");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.jsonPath().getString("error.type")).isEqualTo("not_found_error");
    }

    @Test
    void only_so_many_are_kept() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        String first = id(Gateway.auto(false));
        for (int n = 0; n < 20; n++) {
            Gateway.post("{");
        }

        assertError(get("/v1/requests/" + first), 404, "request_not_found");
        assertThat(get("/v1/requests?limit=1000").jsonPath().getList("data")).hasSize(20);
    }

    @Test
    void charts_have_an_hour_of_minutes_and_a_day_of_quarters() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Gateway.auto(true);

        JsonPath series = get("/v1/requests/series").jsonPath();
        assertThat(series.getList("hour")).hasSize(60);
        assertThat(series.getList("day")).hasSize(96);
        List<Map<String, Integer>> hour = series.getList("hour.requests");
        assertThat(hour).anyMatch(requests -> requests.containsKey("answered"));
    }

    @Test
    void the_quota_has_a_forecast() {
        assertThat(get("/v1/quota").jsonPath().getString("forecast.text")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/requests", "/v1/requests/1", "/v1/requests/series", "/v1/models/status", "/v1/events"})
    void they_are_read_only(String path) {
        Response refused = given().contentType("application/json").body("{}").post(path);

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void web_pages_of_others_cannot_read_them() {
        assertError(given().header("Origin", "https://evil.example").get("/v1/requests"), 403, "origin_not_allowed");
        assertError(given().header("Host", "evil.example").get("/v1/requests"), 403, "host_not_allowed");
    }

    @Test
    void what_happens_is_told_as_it_happens() throws IOException {
        List<String> models = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        try (RawCall call = RawCall.of("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(call.readUntil(": alive\n\n"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("content-type: text/event-stream");
            String id = id(Gateway.auto(false));
            String events = call.readUntil("event: ended");
            assertThat(events.lines().filter(line -> line.startsWith("event: ")))
                    .containsExactly(
                            "event: received",
                            "event: asked",
                            "event: failed",
                            "event: asked",
                            "event: answered",
                            "event: ended");
            assertThat(events).contains("\"request\":{\"object\":\"request\",\"id\":" + id + ",", models.get(1));
        }
    }
}
