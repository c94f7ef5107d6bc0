package io.freerouter.server.http;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.head;
import static io.restassured.RestAssured.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class HealthTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/health/live",
                "/health/ready",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started"
            })
    void health_is_up_while_there_is_a_catalog(String path) {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Response response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getString("status")).isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/metrics", "/q/health/live", "/q/metrics"})
    void who_asks_for_the_head_gets_what_get_gets_without_its_body(String path) {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Response head = head(path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.contentType()).isEqualTo(get(path).contentType());
        assertThat(head.asByteArray()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/health,/q/health/live",
        "/health/live,/q/health/live",
        "/health/ready,/q/health/ready",
        "/metrics,/q/metrics"
    })
    void any_other_method_is_answered_as_at_the_long_path(String path, String longPath) {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            assertThat(request(method, path).statusCode())
                    .as(method)
                    .isEqualTo(request(method, longPath).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/ready"})
    void health_tells_how_many_models_there_are_and_how_old_the_list_is(String path) {
        Pool.of(upstream, CannedAnswers.answers("Hello"), CannedAnswers.answers("Hello"));
        assertThat(get(path).jsonPath().getInt("checks.data.freeModels.find { it != null }"))
                .isEqualTo(2);
        assertThat(get(path).jsonPath().getInt("checks.data.catalogAgeSeconds.find { it != null }"))
                .isBetween(0, 5);
    }

    @Test
    void health_stays_up_while_the_upstream_is_down() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        upstream.modelsStatus(503, "");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }
}
