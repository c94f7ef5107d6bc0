package io.freerouter.contract;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.startsWith;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients differ in what they say they accept, and OpenAI takes no notice of it. */
@QuarkusTest
@WithTestResource(Upstream.class)
class AcceptHeaderTest {
    FakeOpenRouter upstream;

    private ValidatableResponse ask(String accept, boolean stream) {
        upstream.script(Upstream.FIRST, CannedAnswers.answers("Hello"));
        return given().header("Accept", accept)
                .contentType("application/json")
                .body("{\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .post("/v1/chat/completions")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "*/*", "text/html;q=0.9, image/png"})
    void a_chat_is_answered_in_json_whatever_is_accepted(String accept) {
        ask(accept, false).contentType(startsWith("application/json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "*/*", "text/html;q=0.9, image/png"})
    void a_stream_is_answered_in_events_whatever_is_accepted(String accept) {
        ask(accept, true).contentType(startsWith("text/event-stream"));
    }
}
