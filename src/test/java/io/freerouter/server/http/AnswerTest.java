package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
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
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(FakeUpstream.class)
class AnswerTest {
    FakeOpenRouter upstream;

    @Test
    void a_question_gets_a_whole_answer() {
        Pool.of(upstream, CannedAnswers.answers("Hello there"));
        Response response = Gateway.auto(false);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getString("choices[0].message.content")).isEqualTo("Hello there");
    }

    @Test
    void the_headers_tell_who_answered_and_after_how_many_attempts() {
        List<String> pool = Pool.of(upstream, CannedAnswers.rateLimited(), CannedAnswers.answers("Hello"));
        Response response = Gateway.auto(false);
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(response.header("X-FreeRouter-Attempts")).isEqualTo("2");
    }

    @Test
    void a_whole_answer_is_json_and_not_to_be_stored() {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        Response response = Gateway.auto(false);
        assertThat(response.contentType()).startsWith("application/json");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"n\":1.10,\"big\":12345678901234567890123456789}",
                "{ \"x\" : 1e400,\n\t\"choices\" : [ {\"message\":{\"content\":\"\\u00e4 ä 🦊 \\ud83e\\udd8a\"}} ] }\n",
                "\n \n{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"z\":null,\"a\":-0.0,\"z2\":[{}]}",
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"1\"}]}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"\",\"reasoning\":\"hm\"}}],\"a\":1,\"a\":2}"
            })
    void the_answer_comes_byte_for_byte_as_the_upstream_gave_it(String json) {
        Pool.of(upstream, Gateway.says(json));
        assertThat(text(Gateway.auto(false))).isEqualTo(json);
    }

    @Test
    void an_answer_of_many_megabytes_comes_whole() {
        String json = "{\"choices\":[{\"message\":{\"content\":\"" + "ä".repeat(5_000_000) + "\"}}]}";
        Pool.of(upstream, Gateway.says(json));
        assertThat(text(Gateway.auto(false))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_connection_serves_many_requests(boolean stream) throws Exception {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        String body = Gateway.body("auto", stream);
        String end = stream ? "\r\n0\r\n\r\n" : "}";
        try (RawCall call = RawCall.chat(body)) {
            call.readUntil(stream ? end : "Hello");
            call.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(call.readUntil(end + "HTTP/1.1 200")).isNotEmpty();
        }
    }
}
