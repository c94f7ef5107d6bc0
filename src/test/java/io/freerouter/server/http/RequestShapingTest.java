package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.CatalogRow;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a caller's request reaches a model, and which models it may reach, in every dialect. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class RequestShapingTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    FakeOpenRouter upstream;

    private static String content(String path) {
        return switch (path) {
            case "/v1/completions" -> "'prompt':'Hi'";
            case "/v1/responses" -> "'input':'Hi'";
            default -> "'messages':[{'role':'user','content':'Hi'}]";
        };
    }

    private static Response post(RequestSpecification request, String path, String members) {
        String body = ("{" + members + content(path) + "}").replace('\'', '"');
        return request.contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path);
    }

    private static Response post(String path, String members) {
        return post(given(), path, members);
    }

    private List<ReceivedRequest> calls() {
        return upstream.chats();
    }

    private JsonPath sent(int call) {
        return JsonPath.from(new String(calls().get(call).body(), StandardCharsets.UTF_8));
    }

    /** Two models whose answers end at 8,000 and at 16,384 tokens; the first one fails. */
    private List<String> small() {
        List<String> ids = List.of(Pool.freshId(), Pool.freshId());
        upstream.reset();
        upstream.script(ids.get(0), CannedTestAnswers.serverError(500));
        upstream.script(ids.get(1), CannedAnswers.answers("Hello"));
        Pool.list(upstream, CatalogRow.free(ids.get(0), 16_384), CatalogRow.free(ids.get(1), 8_000));
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, max_tokens, 128000",
        "/v1/chat/completions, max_completion_tokens, 32000",
        "/v1/completions, max_tokens, 128000",
        "/v1/responses, max_output_tokens, 128000",
        "/v1/messages, max_tokens, 32000",
    })
    void a_limit_that_no_model_reaches_leaves_all_of_them_and_is_lowered(String path, String limit, int tokens) {
        List<String> pool = small();
        assertThat(post(path, "'" + limit + "':" + tokens + ",").statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).isEqualTo(pool);
        assertThat(sent(0).getInt(limit)).isBetween(16_000, 16_384);
        assertThat(sent(1).getInt(limit)).isBetween(7_500, 8_000);
    }

    @Test
    void thoughts_are_lowered_with_the_limit() {
        List<String> pool = small();
        String members = "'max_tokens':32000,'thinking':{'type':'enabled','budget_tokens':31999},";
        assertThat(post(MESSAGES, members).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).isEqualTo(pool);
        assertThat(sent(0).getInt("thinking.budget_tokens"))
                .isGreaterThanOrEqualTo(1024)
                .isLessThan(sent(0).getInt("max_tokens"));
        assertThat(sent(1).getInt("thinking.budget_tokens"))
                .isGreaterThanOrEqualTo(1024)
                .isLessThan(sent(1).getInt("max_tokens"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'reasoning':{},",
                "'reasoning':null,",
                "'reasoning':{'enabled':false},",
                "'reasoning':{'effort':'none'},",
                "'reasoning_effort':'none',"
            })
    void no_wish_for_thoughts_keeps_out_nobody(String members) {
        String id = Pool.freshId();
        upstream.reset();
        upstream.script(id, CannedAnswers.answers("Hello"));
        Pool.list(upstream, CatalogRow.free(id, 10_000).withParameters("max_tokens", "temperature"));
        assertThat(post(CHAT, members).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages"})
    void an_empty_list_of_tools_goes_with_all_that_is_said_about_tools(String path) {
        String id = Pool.freshId();
        upstream.reset();
        upstream.script(id, CannedAnswers.answers("Hello"));
        Pool.list(upstream, CatalogRow.free(id, 10_000).withParameters("temperature"));
        String members = "'tools':[],'tool_choice':'auto','parallel_tool_calls':true,'max_tokens':9,";
        assertThat(post(path, members).statusCode()).isEqualTo(200);
        assertThat(sent(0).getMap("")).doesNotContainKeys("tools", "tool_choice", "parallel_tool_calls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrouter/%s", "openai/%s", "freerouter/%s", "claude/%s"})
    void a_gateways_name_before_a_models_name_is_passed_over(String written) {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("One"), CannedAnswers.answers("Two"));
        post(CHAT, "'model':'" + written.formatted(pool.get(1)) + "',");
        assertThat(upstream.asked()).containsExactly(pool.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages"})
    void a_model_that_is_named_alone_is_the_only_one_that_is_asked(String path) {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("One"), CannedTestAnswers.serverError(500));
        Response failed = post(path, "'max_tokens':9,'model':'" + pool.get(1) + "!',");
        assertThat(failed.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(upstream.asked()).containsExactly(pool.get(1));

        Response answered = post(
                given().header("X-FreeRouter-Strict", "true"), path, "'max_tokens':9,'model':'" + pool.get(0) + "',");
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.header("X-FreeRouter-Model")).isEqualTo(pool.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages"})
    void a_model_that_is_named_alone_and_is_not_free_is_not_found(String path) {
        Pool.of(upstream, CannedAnswers.answers("One"));
        assertThat(post(path, "'max_tokens':9,'model':'vendor/paid!',").statusCode())
                .isEqualTo(404);
        assertThat(post(path, "'max_tokens':9,'model':'auto!',").statusCode()).isEqualTo(400);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void anthropics_headers_reach_the_upstream_unchanged() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        post(
                given().header("anthropic-version", "2023-06-01")
                        .header("anthropic-beta", "one-2025-01-01,two")
                        .header("anthropic-beta", "three")
                        .header("anthropic-other", "x")
                        .header("x-api-key", "mine"),
                MESSAGES,
                "'max_tokens':9,");
        ReceivedRequest call = calls().get(0);
        assertThat(call.headers("anthropic-version")).containsExactly("2023-06-01");
        assertThat(call.headers("anthropic-beta")).containsExactly("one-2025-01-01,two,three");
        assertThat(call.header("anthropic-other")).isEmpty();
        assertThat(call.header("x-api-key")).isEmpty();
    }

    @Test
    void what_could_be_billed_does_not_reach_the_upstream() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        post(
                MESSAGES,
                "'max_tokens':9,'safeguards':[{'type':'dangerous_tool_use'}],'block_binding':{'x':1},"
                        + "'plugins':[{'id':'switchyard-router'}],");
        assertThat(sent(0).getMap("")).doesNotContainKeys("safeguards", "block_binding", "plugins");
    }
}
