package io.freerouter.http;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.Scripts;
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
        Pool.of(upstream, Scripts.serverError(500), Scripts.answers("Hello"));
        Gateway.auto(false);

        assertThat(get(path).asString())
                .contains("freerouter_attempts_total{outcome=\"answered\"}", "freerouter_charged_credits_total 0.0")
                .contains("freerouter_models_free 2.0")
                .doesNotContain("jvm_", "process_", "http_server", "ft_");
    }
}
