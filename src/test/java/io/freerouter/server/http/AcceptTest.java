package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an answer streams is said by the body alone. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class AcceptTest {
    FakeOpenRouter upstream;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*\r\n",
                "Accept: text/event-stream\r\n",
                "Accept: application/json\r\n",
                "Accept: application/json, text/event-stream;q=0.5\r\n",
                "Accept: text/html\r\n",
                "Accept: \r\n",
                "Accept: garbage\r\n",
                ""
            })
    void both_kinds_of_answer_come_whatever_is_accepted(String accept) throws Exception {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        for (boolean stream : new boolean[] {true, false}) {
            String headers = "Content-Type: application/json\r\n" + accept;
            try (RawCall call = RawCall.chat(headers, Gateway.body("auto", stream))) {
                String type = stream ? "text/event-stream" : "application/json";
                assertThat(call.readUntil(stream ? "\r\n0\r\n\r\n" : "Hello"))
                        .startsWith("HTTP/1.1 200 OK")
                        .containsIgnoringCase("\r\ncontent-type: " + type);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Content-Type: application/json; charset=utf-8\r\n", "Content-Type: APPLICATION/JSON\r\n"})
    void the_type_of_the_request_may_be_left_out_or_say_more(String type) throws Exception {
        Pool.of(upstream, CannedAnswers.answers("Hello"));
        try (RawCall call = RawCall.chat(type, Gateway.body("auto", false))) {
            assertThat(call.readUntil("\r\n")).startsWith("HTTP/1.1 200 OK");
        }
    }
}
