package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = FakeUpstream.class, initArgs = @ResourceArg(name = "freerouter.upstream.api-key", value = ""))
class NoKeyTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chat_says_which_variable_to_set(boolean stream) {
        Pool.of(upstream, CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertError(response, 401, "missing_api_key");
        assertThat(response.jsonPath().getString("error.message")).contains("OPENROUTER_API_KEY");
        assertThat(response.header("x-should-retry")).isEqualTo("false");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void the_models_are_listed_all_the_same() {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Never"));
        assertThat(Pool.models()).isEqualTo(pool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/q/health/live"})
    void the_process_is_alive(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    /** A restart would mend nothing, but a balancer should send nobody to where all chat is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"/health/ready", "/q/health/ready"})
    void it_is_not_ready_and_says_what_to_do(String path) {
        Pool.of(upstream, CannedAnswers.answers("Never"));
        Response response = get(path);
        assertThat(response.statusCode()).isEqualTo(503);
        Map<String, String> key = response.jsonPath().getMap("checks.find { it.name == 'key' }.data");
        assertThat(key).containsEntry("missing", "OPENROUTER_API_KEY");
        assertThat(key.get("message")).contains("freerouter login", "https://openrouter.ai/keys", "OPENROUTER_API_KEY");
    }
}
