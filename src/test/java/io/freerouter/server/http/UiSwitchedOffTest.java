package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.ui.enabled", value = "false"),
            @ResourceArg(name = "freerouter.log.bodies", value = "true")
        })
class UiSwitchedOffTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/requests",
        "GET, /v1/requests/1",
        "GET, /v1/requests/series",
        "GET, /v1/models/status",
        "GET, /v1/models/a/b/status",
        "GET, /v1/events",
        "GET, /openapi",
        "GET, /openapi?format=json",
        "GET, /q/openapi",
        "POST, /v1/models/a/b/cooldown",
        "DELETE, /v1/models/a/b/cooldown",
        "POST, /v1/models/a/b/try"
    })
    void there_is_nothing_to_see(String method, String path) {
        assertError(given().request(method, path), 404, "ui_disabled");
    }

    @Test
    void requests_are_answered_as_always_and_have_their_number() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));

        assertThat(Gateway.auto(false).statusCode()).isEqualTo(200);
        assertThat(Gateway.auto(true).header("X-FreeRouter-Request")).matches("\\d+");
    }
}
