package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.Probe;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(DemoTest.Demo.class)
class DemoTest {
    /** The simulated upstream that ships with the program; no model rests or is preferred, so that each test sees the same. */
    public static final class Demo implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "freerouter.demo",
                    "true",
                    "freerouter.cooldown.duration",
                    "0s",
                    "freerouter.cooldown.timeout",
                    "0s",
                    "freerouter.affinity",
                    "false");
        }
    }

    @BeforeEach
    void ready() {
        Probe.awaitReady();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_first_example_shows_fallback(boolean stream) {
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo("demo/reliable:free");
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("3");
        assertThat(text(response)).contains("Hello");
    }

    @Test
    void a_paid_model_means_its_free_sibling() {
        assertThat(Gateway.post(Gateway.body("demo/paid", false)).header("X-FreeRouter-Model"))
                .isEqualTo("demo/paid:free");
    }

    @Test
    void the_models_are_listed() {
        assertThat(get("/v1/models").jsonPath().getList("data.id"))
                .startsWith("auto")
                .contains("demo/reliable:free")
                .doesNotContain("demo/paid", "openrouter/auto");
    }

    @Test
    void there_is_no_model_for_embeddings() {
        Response response = given().contentType("application/json")
                .body("{\"model\":\"text-embedding-3-small\",\"input\":\"Hi\"}")
                .post("/v1/embeddings");
        Gateway.assertError(response, 404, "no_embedding_model");
    }
}
