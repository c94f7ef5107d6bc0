package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The upstream's name has no address, so not even the list of models can be read. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = @ResourceArg(name = "freerouter.upstream.base-url", value = "http://no-such-host.invalid/api/v1"))
class UnknownHostTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_request_is_refused_and_may_be_sent_again(boolean stream) {
        Response response = Gateway.auto(stream);
        assertError(response, 503, "no_models");
        assertThat(response.header("Retry-After")).isEqualTo("5");
        assertThat(response.header("x-should-retry")).isNotEqualTo("false");
        assertThat(RestAssured.get("/v1/quota").jsonPath().getLong("day.used")).isZero();
    }
}
