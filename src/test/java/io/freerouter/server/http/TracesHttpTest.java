package io.freerouter.server.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.testing.Collector;
import io.freerouter.testing.Collector.Span;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.freerouter.testing.TracedProgram;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the page switched off, because traces need no page. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.traces.propagate", value = "true"),
            @ResourceArg(name = "freerouter.ui.enabled", value = "false")
        })
@WithTestResource(TracedProgram.class)
class TracesHttpTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    FakeOpenRouter upstream;
    Collector collector;

    private static Response traced(String path, String body, String trace) {
        return given().contentType("application/json")
                .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                .header("tracestate", "congo=1")
                .body(body)
                .post(path);
    }

    /** The spans of a trace, in the order in which they began to be, the request's first. */
    private List<Span> spans(int count, String trace) {
        return collector.await(count, span -> span.traceId().equals(trace)).stream()
                .sorted(Comparator.comparing(span -> span.attributes().getOrDefault("freerouter.attempt.number", "0")))
                .toList();
    }

    @Test
    void a_request_and_its_attempts_reach_the_collector_in_the_callers_trace() {
        List<String> pool =
                Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("a-secret-answer"));

        Response answered = traced("/v1/chat/completions", Gateway.body("auto", false), TRACE);

        assertThat(answered.statusCode()).isEqualTo(200);
        List<Span> spans = spans(3, TRACE);
        Span request = spans.get(0);
        assertThat(request.name()).isEqualTo("chat auto");
        assertThat(request.parentId()).isEqualTo(CALLER);
        assertThat(request.resource()).containsEntry("service.name", "traced");
        assertThat(request.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.response.model", pool.get(1))
                .containsEntry("gen_ai.response.finish_reasons", "stop")
                .containsEntry("freerouter.request.id", answered.header("X-FreeRouter-Request"));
        assertThat(spans.get(1).attributes())
                .containsEntry("freerouter.attempt.outcome", "failed")
                .containsEntry("error.type", "server_error")
                .containsEntry("server.address", "127.0.0.1");
        assertThat(spans.get(2).attributes())
                .containsEntry("freerouter.attempt.outcome", "won")
                .containsEntry("freerouter.attempt.role", "fallback");
        assertThat(spans.subList(1, 3)).extracting(Span::parentId).containsOnly(request.spanId());
        assertThat(collector.received()).extracting(Collector.Received::path).containsOnly("/v1/traces");
        assertThat(collector.received())
                .extracting(Collector.Received::body)
                .noneMatch(body -> body.contains("a-secret") || body.contains(FakeUpstream.KEY));

        List<String> told = upstream.requests().stream()
                .filter(ReceivedRequest::chat)
                .map(call -> call.header("traceparent").orElse(""))
                .toList();
        assertThat(told)
                .containsExactly(
                        "00-" + TRACE + "-" + spans.get(1).spanId() + "-01",
                        "00-" + TRACE + "-" + spans.get(2).spanId() + "-01");
        assertThat(upstream.chats().get(0).header("tracestate")).contains("congo=1");
    }

    @Test
    void a_stream_has_the_time_to_its_first_token() {
        String trace = TRACE.replace('4', '5');
        Pool.of(upstream, CannedAnswers.answers("Hello"));

        traced("/v1/chat/completions", Gateway.body("auto", true), trace);

        assertThat(spans(2, trace))
                .allSatisfy(span -> assertThat(span.attributes().get("gen_ai.response.time_to_first_chunk"))
                        .isNotNull());
    }

    @Test
    void a_request_that_cannot_be_read_is_in_the_callers_trace_too() {
        String trace = TRACE.replace('4', '6');

        traced("/v1/messages", "{", trace);

        assertThat(spans(1, trace).get(0).attributes())
                .containsEntry("freerouter.outcome", "invalid")
                .containsEntry("freerouter.dialect", "messages");
    }
}
