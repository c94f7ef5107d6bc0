package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees of the models, and can do about them. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class ModelControlsTest {
    FakeOpenRouter upstream;

    private static JsonPath status(String id) {
        return request().get("/v1/models/" + id + "/status").jsonPath();
    }

    /** Ids have slashes and a colon, which stay as they are. */
    private static RequestSpecification request() {
        return given().urlEncodingEnabled(false);
    }

    @Test
    void the_pool_is_told_in_its_order_with_the_state_of_each_model() {
        List<String> models = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        Gateway.auto(false);

        JsonPath pool = get("/v1/models/status").jsonPath();
        assertThat(pool.getList("data.id", String.class).subList(0, 2)).containsExactly(models.get(1), models.get(0));
        assertThat(pool.getList("data.state", String.class).subList(0, 2)).containsExactly("ready", "cooling");
        assertThat(pool.getString("read_at")).isNotNull();
        assertThat(pool.getInt("ready")).isEqualTo(1);
        JsonPath failed = status(models.get(0));
        assertThat(failed.getString("why")).startsWith("It failed once (500 upstream error).");
        assertThat(failed.getString("until")).isNotNull();
        assertThat(failed.getDouble("success_rate")).isZero();
        assertThat(failed.getList("abilities")).isNotEmpty();
    }

    @Test
    void a_model_with_a_cooldown_is_not_asked_until_it_is_ended() {
        List<String> models = Pool.of(upstream, CannedAnswers.answers("One"), CannedAnswers.answers("Two"));

        Response rests = request().post("/v1/models/" + models.get(0) + "/cooldown?duration=5m");
        assertThat(rests.statusCode()).isEqualTo(200);
        assertThat(rests.jsonPath().getString("state")).isEqualTo("cooling");
        assertThat(rests.jsonPath().getString("why")).startsWith("A user gave it a cooldown.");
        assertThat(Gateway.auto(false).header("X-FreeRouter-Model")).isEqualTo(models.get(1));
        assertThat(Gateway.post(Gateway.body(models.get(0), false)).header("X-FreeRouter-Model"))
                .isEqualTo(models.get(1));

        Response ready = request().delete("/v1/models/" + models.get(0) + "/cooldown");
        assertThat(ready.jsonPath().getString("state")).isEqualTo("ready");
        assertThat(Gateway.auto(false).header("X-FreeRouter-Model")).isEqualTo(models.get(0));
    }

    @Test
    void a_failed_model_is_ready_again_when_a_user_says_so() {
        List<String> models = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        Gateway.auto(false);
        assertThat(status(models.get(0)).getString("state")).isEqualTo("cooling");

        request().delete("/v1/models/" + models.get(0) + "/cooldown");

        assertThat(status(models.get(0)).getString("state")).isEqualTo("ready");
    }

    @Test
    void a_model_can_be_tried_with_one_request() {
        List<String> models = Pool.of(upstream, CannedAnswers.answers("One"), CannedAnswers.answers("ok"));

        Response tried = request().post("/v1/models/" + models.get(1) + "/try");

        assertThat(tried.statusCode()).isEqualTo(200);
        assertThat(tried.jsonPath().getString("object")).isEqualTo("model.try");
        assertThat(tried.jsonPath().getString("model")).isEqualTo(models.get(1));
        assertThat(tried.jsonPath().getString("answer")).isEqualTo("ok");
        assertThat(upstream.asked()).hasSize(1);
        String id = tried.header("X-FreeRouter-Request");
        assertThat(id).isEqualTo(tried.jsonPath().getString("request"));
        assertThat(get("/v1/requests/" + id).jsonPath().getString("outcome")).isEqualTo("answered");
    }

    @Test
    void a_model_that_fails_when_it_is_tried_says_why() {
        List<String> models = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));

        Response tried = request().post("/v1/models/" + models.get(0) + "/try");

        assertError(tried, 502, "all_attempts_failed");
        assertThat(tried.jsonPath().getString("error.message")).contains(models.get(0));
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"GET, status", "POST, cooldown", "DELETE, cooldown", "POST, try"})
    void a_model_that_is_not_there_is_an_error(String method, String what) {
        assertError(request().request(method, "/v1/models/no/such:free/" + what), 404, "model_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "x", "10d", "25h", "1e9", "1.5"})
    void a_rest_has_a_sensible_duration(String duration) {
        List<String> models = Pool.of(upstream, CannedAnswers.answers("One"));

        assertError(
                request().post("/v1/models/" + models.get(0) + "/cooldown?duration=" + duration),
                400,
                "invalid_parameter");
    }

    @ParameterizedTest
    @CsvSource({"POST, cooldown", "DELETE, cooldown", "POST, try"})
    void only_the_gateways_own_page_may_change_anything(String method, String what) throws IOException {
        List<String> models = Pool.of(upstream, CannedAnswers.answers("One"));
        String path = "/v1/models/" + models.get(0) + "/" + what;

        assertError(request().header("Origin", "http://localhost:1").request(method, path), 403, "origin_not_allowed");
        assertError(
                request().header("Origin", "https://evil.example").request(method, path), 403, "origin_not_allowed");
        assertError(request().header("Sec-Fetch-Site", "cross-site").request(method, path), 403, "origin_not_allowed");
        assertError(request().header("Host", "evil.example").request(method, path), 403, "host_not_allowed");
        assertThat(status(models.get(0)).getString("state")).isEqualTo("ready");
        assertThat(upstream.asked()).isEmpty();
        String host = "localhost:" + RestAssured.port;
        try (RawCall call = RawCall.of(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
                + "\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            assertThat(call.readRest()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void other_methods_are_refused_with_those_that_are_taken() {
        List<String> models = Pool.of(upstream, CannedAnswers.answers("One"));

        Response refused = request().put("/v1/models/" + models.get(0) + "/cooldown");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("POST, DELETE, OPTIONS");
    }
}
