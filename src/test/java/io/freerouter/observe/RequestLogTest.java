package io.freerouter.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.RequestTrace;
import io.freerouter.engine.TraceContext;
import io.freerouter.engine.Usage;
import io.freerouter.failure.FailureKind;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RouterBench bench = RouterBench.with("a", "b");
    private final List<JsonNode> lines = new ArrayList<>();

    RequestLogTest() {
        RequestHistory history = new RequestHistory(0, bench.time, Optional::empty);
        history.logTo(request -> lines.add(parsed(RequestLog.line(request))));
        bench.alsoTell(history);
    }

    private static JsonNode parsed(String line) {
        assertThat(line).doesNotContain("\n");
        try {
            return MAPPER.readTree(line);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void a_line_has_the_names_of_the_conventions() {
        AnswerMetadata metadata = new AnswerMetadata(
                Optional.of("Host"), Optional.empty(), true, 0, Optional.of(new Usage(7, 21)), List.of("stop"));
        bench.upstream.script("a", ModelScript.fail(40, RouterBench.failure(FailureKind.RATE_LIMITED, 429)));
        bench.upstream.script("b", ModelScript.say(60, "hello").finding(metadata));

        bench.complete("a");
        bench.advance(100);

        assertThat(lines).hasSize(1);
        JsonNode line = lines.get(0);
        assertThat(line.path("freerouter.request.id").asLong()).isEqualTo(1);
        assertThat(line.path("gen_ai.operation.name").asText()).isEqualTo("chat");
        assertThat(line.path("gen_ai.provider.name").asText()).isEqualTo("openrouter");
        assertThat(line.path("gen_ai.request.model").asText()).isEqualTo("a");
        assertThat(line.path("gen_ai.response.model").asText()).isEqualTo("b");
        assertThat(line.path("gen_ai.usage.input_tokens").asLong()).isEqualTo(7);
        assertThat(line.path("gen_ai.usage.output_tokens").asLong()).isEqualTo(21);
        assertThat(line.path("gen_ai.client.operation.duration").asDouble()).isEqualTo(0.1);
        assertThat(line.path("gen_ai.response.finish_reasons").path(0).asText()).isEqualTo("stop");
        assertThat(line.path("freerouter.outcome").asText()).isEqualTo("answered");
        assertThat(line.has("error.type")).isFalse();
        JsonNode failed = line.path("freerouter.attempts").path(0);
        assertThat(failed.path("error.type").asText()).isEqualTo("rate_limited");
        assertThat(failed.path("http.response.status_code").asInt()).isEqualTo(429);
        assertThat(failed.path("duration").asDouble()).isEqualTo(0.04);
        assertThat(line.path("freerouter.attempts").path(1).path("role").asText())
                .isEqualTo("fallback");
    }

    @Test
    void a_line_has_the_trace_that_the_caller_named() {
        Optional<TraceContext> caller =
                TraceContext.read("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", null);
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        bench.complete(TestRequests.chat(TestRequests.needs(List.of()), false, (model, own, output) -> List.of())
                .in(RequestTrace.Source.unrecorded(false).begin(caller)));
        bench.complete();
        bench.advance(1);

        assertThat(lines.get(0).path("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(lines.get(1).has("trace_id")).isFalse();
    }

    @Test
    void a_stream_has_the_time_to_its_first_token() {
        bench.upstream.script("a", ModelScript.say(30, "one").complete(50));
        var begun = bench.stream();
        bench.advance(30);
        RouterBench.read(begun, Long.MAX_VALUE);
        bench.advance(20);

        assertThat(lines.get(0).path("gen_ai.response.time_to_first_chunk").asDouble())
                .isEqualTo(0.03);
        assertThat(lines.get(0).path("gen_ai.request.stream").asBoolean()).isTrue();
    }

    @Test
    void a_request_without_an_answer_has_the_type_of_its_last_failure() {
        for (String model : List.of("a", "b")) {
            bench.upstream.script(model, ModelScript.fail(1, RouterBench.failure(FailureKind.SERVER_ERROR, 500)));
        }
        bench.complete();
        bench.advance(10);
        bench.complete().cancel();

        assertThat(lines.get(0).path("error.type").asText()).isEqualTo("server_error");
        assertThat(lines.get(0).path("error.message").asText()).startsWith("No model answered");
        assertThat(lines.get(1).path("error.type").asText()).isEqualTo("disconnected");
    }
}
