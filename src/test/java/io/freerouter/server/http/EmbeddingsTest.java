package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class EmbeddingsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String VECTORS = "{ \"object\":\"list\", \"data\":[{\"index\":0,\"embedding\":[0.10,-1E-2]}],"
            + "\"model\":\"e\",\"ä\":1.50,\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1,\"cost\":0} }\n";

    FakeOpenRouter upstream;

    /** With some blanks, to see that they stay. */
    private static String body(String model) {
        return "{ \"input\" : [\"Hi\", \"ä\"],\t\"model\": \"" + model + "\", \"dimensions\":256 }";
    }

    private static Response embed(String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/embeddings");
    }

    /** Waits until an answer that names no model says this. */
    private static void await(String words) {
        Instant end = Instant.now().plus(SOON);
        String said = text(embed("{\"input\":\"Hi\"}"));
        while (!said.contains(words)) {
            assertThat(Instant.now()).as(said).isBefore(end);
            said = text(embed("{\"input\":\"Hi\"}"));
        }
    }

    /** Lists one free model for embeddings for each script, and nothing else, and waits until the gateway knows. */
    private List<String> list(AnswerScript... scripts) {
        upstream.reset();
        List<String> ids =
                List.of(scripts).stream().map(script -> fresh(script)).toList();
        upstream.embeddingModels(
                ids.stream().map(id -> CatalogRow.embeddings(id, "0")).toArray(CatalogRow[]::new));
        await("There are: " + String.join(", ", ids) + ".");
        return ids;
    }

    private String fresh(AnswerScript script) {
        String id = Pool.freshId();
        upstream.script(id, script);
        return id;
    }

    private List<String> sent() {
        return upstream.requests().stream()
                .filter(ReceivedRequest::chat)
                .map(call -> call.path() + " " + new String(call.body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void what_the_model_that_is_named_answers_goes_through_unchanged() {
        String model = list(Gateway.says(VECTORS)).get(0);
        Response response = embed(body(model));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(VECTORS);
        assertThat(response.contentType()).startsWith("application/json");
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(model);
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("1");
    }

    @Test
    void the_request_goes_to_the_embeddings_unchanged() {
        String model = list(Gateway.says(VECTORS)).get(0);
        embed(body(model));
        assertThat(sent()).containsExactly("/api/v1/embeddings " + body(model));
    }

    @Test
    void a_paid_name_is_replaced_by_its_free_siblings() {
        String model = list(Gateway.says(VECTORS)).get(0);
        assertThat(embed(body(model.replace(":free", ""))).statusCode()).isEqualTo(200);
        assertThat(sent()).containsExactly("/api/v1/embeddings " + body(model));
    }

    @Test
    void a_model_whose_name_promises_nothing_is_asked_to_cost_nothing() {
        String model = Pool.freshId().replace(":free", "");
        upstream.reset();
        upstream.script(model, Gateway.says(VECTORS));
        upstream.embeddingModels(CatalogRow.embeddings(model, "0"));
        await("There are: " + model + ".");
        embed(body(model));
        assertThat(sent()).hasSize(1).allMatch(body -> body.contains("\"provider\":{\"max_price\":{"));
    }

    @Test
    void a_model_that_fails_is_asked_once_and_no_other_is() {
        List<String> models = list(CannedTestAnswers.serverError(500), Gateway.says(VECTORS));
        Response response = embed(body(models.get(0)));
        Gateway.assertError(response, 502, "all_attempts_failed");
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("1");
        assertThat(response.header("x-should-retry")).isNull();
        assertThat(upstream.asked()).containsExactly(models.get(0));
    }

    @Test
    void a_limit_is_told_with_the_time_to_come_again() {
        List<String> models = list(CannedTestAnswers.rateLimited(30), Gateway.says(VECTORS));
        Response response = embed(body(models.get(0)));
        Gateway.assertError(response, 429, "rate_limit_exceeded");
        assertThat(response.header("Retry-After")).isBetween("25", "30");
        assertThat(upstream.asked()).containsExactly(models.get(0));
    }

    @Test
    void the_upstreams_own_words_on_a_bad_request_go_through() {
        String model =
                list(CannedAnswers.badRequest("dimensions must be below 200")).get(0);
        Response response = embed(body(model));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("error.message")).isEqualTo("dimensions must be below 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[]}", "{\"error\":{\"code\":503,\"message\":\"No\"}}"})
    void a_good_status_without_vectors_is_a_failure(String nothing) {
        String model = list(Gateway.says(nothing)).get(0);
        Gateway.assertError(embed(body(model)), 502, "all_attempts_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "auto", "text-embedding-3-small", "maker/paid"})
    void any_other_name_is_told_which_models_there_are(String name) {
        List<String> models = list(Gateway.says(VECTORS), Gateway.says(VECTORS));
        upstream.script("maker/paid", Gateway.says(VECTORS));
        Response response = embed(body(name));
        Gateway.assertError(response, 404, "model_not_found");
        assertThat(response.jsonPath().getString("error.message")).contains(models);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void a_model_that_costs_something_or_chats_is_none_for_embeddings() {
        upstream.reset();
        upstream.embeddingModels(CatalogRow.embeddings("maker/paid", "0.1"), CatalogRow.free("chat:free", 9));
        await("no_embedding_model");
        Gateway.assertError(embed(body("chat:free")), 404, "no_embedding_model");
    }

    @Test
    void an_upstream_without_such_a_list_has_no_such_models() {
        upstream.reset();
        upstream.embeddingModels(CannedAnswers.refuses(404, "Not Found"));
        await("no_embedding_model");
        Gateway.assertError(embed(body("e")), 404, "no_embedding_model");
    }

    @Test
    void while_no_newer_list_can_be_read_the_last_one_stays_in_use() {
        String model = list(Gateway.says(VECTORS)).get(0);
        upstream.embeddingModels(CannedTestAnswers.serverError(503));
        upstream.awaitEmbeddingReads(4, SOON);
        assertThat(embed(body(model)).statusCode()).isEqualTo(200);
    }

    @Test
    void models_for_embeddings_are_not_listed_among_those_that_chat() {
        List<String> chatting = Pool.of(upstream, CannedAnswers.answers("Hello"));
        upstream.embeddingModels(CatalogRow.embeddings("e:free", "0"));
        await("There are: e:free.");
        assertThat(Pool.models()).isEqualTo(chatting);
    }

    @Test
    void a_stream_is_refused_without_asking_anybody() {
        String model = list(Gateway.says(VECTORS)).get(0);
        Response response = embed("{\"model\":\"" + model + "\",\"input\":\"Hi\",\"stream\":true}");
        Gateway.assertError(response, 400, "unsupported_parameter");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void the_free_models_for_embeddings_are_listed_as_openrouter_lists_them() {
        List<String> ids = list(CannedAnswers.answers(""), CannedAnswers.answers(""));
        JsonPath all = get("/v1/embeddings/models").jsonPath();
        assertThat(all.getString("object")).isEqualTo("list");
        assertThat(all.getList("data.id")).isEqualTo(ids);
        assertThat(all.getInt("total_count")).isEqualTo(2);
        assertThat(all.getMap("data[0]"))
                .containsKeys(
                        "canonical_slug",
                        "name",
                        "created",
                        "pricing",
                        "context_length",
                        "architecture",
                        "top_provider",
                        "per_request_limits",
                        "supported_parameters",
                        "default_parameters",
                        "links");
        assertThat(all.getMap("data[0].pricing")).containsEntry("prompt", "0");
        JsonPath second = get("/v1/embeddings/models?offset=1&limit=1").jsonPath();
        assertThat(second.getList("data.id")).containsExactly(ids.get(1));
        assertThat(second.getString("links.next")).isNull();
        assertThat(get("/v1/embeddings/models?limit=1").jsonPath().getString("links.next"))
                .isEqualTo("/v1/embeddings/models?offset=1&limit=1");
        Response post = given().contentType("application/json").body("{}").post("/v1/embeddings/models");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
}
