package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The gateway under test, as a caller sees it. */
final class Gateway {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private Gateway() {}

    /** A request for an answer from this model. */
    static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    /** Leaves the choice of the model to the gateway. */
    static Response auto(boolean stream) {
        return post(body("auto", stream));
    }

    static Response post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    static Response post(byte[] body) {
        return given().contentType("application/json").body(body).post("/v1/chat/completions");
    }

    /** All that comes for a request for an answer, until the connection is closed: properly or, after a break, not. */
    static String untilClosed(String body) throws IOException {
        return untilClosed("/v1/chat/completions", body);
    }

    /** The same at another path. */
    static String untilClosed(String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (RawCall call = RawCall.of("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n")) {
            call.send(bytes);
            return call.readRest();
        }
    }

    /** The text that a response has, whatever it says of its charset. */
    static String text(Response response) {
        return new String(response.asByteArray(), StandardCharsets.UTF_8);
    }

    /** The data of a stream's events. */
    static List<String> data(Response response) {
        return Arrays.stream(text(response).split("\n\n"))
                .filter(event -> event.startsWith("data: "))
                .map(event -> event.substring("data: ".length()))
                .toList();
    }

    /** A script that answers 200 with this JSON. */
    static AnswerScript says(String json) {
        return AnswerScript.begin().respond(200, JSON, json);
    }

    /** Asserts that a response is an error in OpenAI's shape that gives nothing away. */
    static void assertError(Response response, int status, String code) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/json");
        Map<String, Object> error = response.jsonPath().getMap("error");
        assertThat(error).containsKeys("message", "type", "param", "code").containsEntry("code", code);
        assertThat(text(response)).doesNotContain("Exception", "\\tat ", "io.freerouter", "java.");
    }
}
