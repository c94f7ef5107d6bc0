package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class RefusalTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @CsvSource({"400,true", "400,false", "401,true", "401,false", "403,true", "403,false", "422,false", "422,true"})
    void a_refusal_of_the_request_itself_comes_back_as_it_is_after_one_attempt(int status, boolean stream) {
        String body = "{\"error\":{\"code\":" + status + ",\"message\":\"Nö: 1.10\"},\"user_id\":\"u\"}";
        AnswerScript refusal = AnswerScript.begin().respond(status, Map.of("Content-Type", "application/json"), body);
        List<String> pool = Pool.of(upstream, refusal, CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(text(response)).isEqualTo(body);
        assertThat(response.contentType()).startsWith("application/json");
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("1");
        assertThat(upstream.asked()).containsExactly(pool.get(0));
    }

    /** The upstream has counted the prompt. Without a number, so short a prompt would not count as too long. */
    private static AnswerScript tooLong(long prompt, long context) {
        return CannedAnswers.refuses(413, "prompt is too long: " + prompt + " tokens > " + context + " maximum");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_too_large_for_the_largest_is_told_as_too_long(boolean stream) {
        Pool.of(upstream, tooLong(1_100_000, 1_000_000), CannedAnswers.answers("Never"));
        assertError(Gateway.auto(stream), 400, "context_length_exceeded");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions|messages|[{\"role\":\"user\",\"content\":\"Hi\"}]",
                "/v1/responses|input|\"Hi\"",
                "/v1/completions|prompt|\"Hi\""
            })
    void what_is_too_long_is_named_as_the_callers_dialect_has_it(String path, String name, String said) {
        Pool.of(upstream, tooLong(1_100_000, 1_000_000));
        String body = "{\"" + name + "\":" + said + "}";
        Response response = given().contentType("application/json").body(body).post(path);
        assertError(response, 400, "context_length_exceeded");
        assertThat(response.jsonPath().getString("error.param")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_too_large_for_one_goes_on_to_a_larger_one(boolean stream) {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Hello"), tooLong(1_000_000, 999_999));
        Response response = Gateway.post(Gateway.body(pool.get(1), stream));
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(0));
        assertThat(upstream.asked()).containsExactly(pool.get(1), pool.get(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_refusal_inside_a_200_comes_back_with_its_own_status(boolean stream) {
        String error = "{\"error\":{\"message\":\"Too long\",\"code\":400}}";
        AnswerScript refusal = stream ? AnswerScript.begin().raw("data: " + error + "\n\n") : Gateway.says(error);
        Pool.of(upstream, refusal, CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("error.message")).isEqualTo("Too long");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_refusal_that_is_a_page_is_told_in_words_of_our_own(boolean stream) {
        Pool.of(upstream, CannedTestAnswers.htmlError(403), CannedAnswers.answers("Never"));
        assertError(Gateway.auto(stream), 403, "upstream_rejected");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void when_all_fail_each_attempt_is_told(boolean stream) {
        List<String> pool = Pool.of(
                upstream,
                CannedAnswers.rateLimited(),
                CannedTestAnswers.htmlError(524),
                AnswerScript.begin().reset());
        Response response = Gateway.auto(stream);
        assertError(response, 502, "all_attempts_failed");
        assertThat(response.jsonPath().getList("error.attempts.model")).isEqualTo(pool);
        assertThat(response.jsonPath().getList("error.attempts.status")).containsExactly(429, 524, null);
        assertThat(response.jsonPath().getString("error.attempts[2].cause")).isEqualTo("connection broken");
        assertThat(response.jsonPath().getString("error.message"))
                .contains(pool)
                .contains("429", "524");
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("3");
        assertThat(response.header("x-should-retry")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void models_that_all_want_credit_are_told_as_such_after_three_and_cost_one_request_from_then_on(boolean stream) {
        AnswerScript[] four =
                Collections.nCopies(4, CannedAnswers.wantsCredit()).toArray(AnswerScript[]::new);
        List<String> pool = Pool.of(upstream, four);
        Response response = Gateway.auto(stream);
        assertError(response, 402, "insufficient_credits");
        assertThat(response.header("x-should-retry")).isEqualTo("false");
        assertThat(upstream.asked()).isEqualTo(pool.subList(0, 3));

        Gateway.auto(stream);
        assertThat(upstream.asked()).isEqualTo(pool);
        Gateway.auto(stream);
        Gateway.auto(stream);
        assertThat(upstream.asked()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({
        "true,'\"data_collection\":\"deny\"'",
        "false,'\"data_collection\":\"deny\"'",
        "true,'\"zdr\":true'",
        "false,'\"zdr\":true'"
    })
    void a_request_for_privacy_that_nobody_grants_is_told_as_such_after_three(boolean stream, String wish) {
        AnswerScript[] four =
                Collections.nCopies(4, CannedTestAnswers.privacyRestricted()).toArray(AnswerScript[]::new);
        Pool.of(upstream, four);
        String body = Gateway.body("auto", stream).replaceFirst("\\{", "{\"provider\":{" + wish + "},");
        Response response = Gateway.post(body);

        assertError(response, 404, "privacy_settings");
        assertThat(response.jsonPath().getString("error.message"))
                .contains("provider.data_collection", "https://openrouter.ai/settings/privacy");
        assertThat(response.header("x-should-retry")).isEqualTo("false");
        assertThat(upstream.asked()).hasSize(3);
        Gateway.post(body);
        Gateway.post(body);
        assertThat(upstream.asked()).as("the fourth, then one").hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_parameter_that_nobody_takes_is_told_as_such_after_three(boolean stream) {
        AnswerScript[] four = Collections.nCopies(4, CannedAnswers.badRequest("top_a is not supported by this model"))
                .toArray(AnswerScript[]::new);
        Pool.of(upstream, four);
        assertError(Gateway.auto(stream), 400, "no_suitable_model");
        assertThat(upstream.asked()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_more_than_the_allowed_number_of_models_is_asked_and_none_twice(boolean stream) {
        AnswerScript[] many =
                Collections.nCopies(12, CannedTestAnswers.serverError(500)).toArray(AnswerScript[]::new);
        List<String> pool = Pool.of(upstream, many);
        Response response = Gateway.auto(stream);
        assertError(response, 502, "all_attempts_failed");
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("8");
        assertThat(upstream.asked()).isEqualTo(pool.subList(0, 8));
    }
}
