package io.freerouter.server.http;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = FakeUpstream.class, initArgs = @ResourceArg(name = "freerouter.log.bodies", value = "true"))
class KeptBodiesTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_user_who_wants_it_sees_the_texts_without_keys(boolean stream) {
        Pool.of(upstream, CannedAnswers.answers("The key is " + FakeUpstream.KEY + " indeed."));
        Response answered = Gateway.post("{\"model\":\"auto\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Is it sk-ant-api03-abcdefghijklmnop?\"}]}");

        JsonPath told =
                get("/v1/requests/" + answered.header("X-FreeRouter-Request")).jsonPath();
        assertThat(told.getString("bodies.request")).contains("Is it sk-ant-api0[redacted]?");
        assertThat(given().header("Origin", "http://localhost:1")
                        .get("/v1/requests/" + answered.header("X-FreeRouter-Request"))
                        .asString())
                .contains("\"outcome\":\"answered\"")
                .doesNotContain("bodies");
        assertThat(told.getString("bodies.answer")).contains("The ").doesNotContain(FakeUpstream.KEY);
    }
}
