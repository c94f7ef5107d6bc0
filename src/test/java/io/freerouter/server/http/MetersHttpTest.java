package io.freerouter.server.http;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class MetersHttpTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/q/metrics"})
    void the_programs_own_meters_are_there_for_prometheus_and_no_others(String path) {
        Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        Gateway.auto(false);

        assertThat(get(path).asString())
                .containsPattern("freerouter_attempts_total\\{model=\"test/model-\\d+:free\",outcome=\"answered\"} 1.0")
                .containsPattern("freerouter_cooldowns_total\\{cause=\"server_error\",model=\"test/model-\\d+:free\"}")
                .containsPattern("freerouter_requests_total\\{outcome=\"answered\"}")
                .containsPattern("gen_ai_server_request_duration_seconds_bucket\\{gen_ai_request_model=\"test/model-")
                .containsPattern("gen_ai_client_token_usage_sum\\{gen_ai_request_model=\"test/model-")
                .contains("freerouter_quota_used{window=\"minute\"}", "freerouter_quota_remaining{window=\"day\"}")
                .contains("freerouter_models_ready 1.0", "freerouter_charged_credits_total 0.0")
                .contains("freerouter_models_free 2.0")
                .doesNotContain("jvm_", "process_", "http_server", "ft_");
    }
}
