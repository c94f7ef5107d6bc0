package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.Collector;
import io.freerouter.testing.Collector.Span;
import io.freerouter.testing.PackagedProgram;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program with OpenTelemetry's variables in its environment, and the simulated OpenRouter behind it. */
class TracesIT {
    private final Collector collector = Collector.start();
    private PackagedProgram program;

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        program.close();
        collector.close();
        RestAssured.reset();
    }

    private void start(Map<String, String> variables) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("PORT", "0", "FREEROUTER_DEMO", "true"));
        all.putAll(variables);
        program = PackagedProgram.start(directory, all);
        RestAssured.port = program.port();
    }

    private static void ask() {
        assertThat(RestAssured.given()
                        .contentType("application/json")
                        .body("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                        .post("/v1/chat/completions")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/protobuf", "grpc"})
    void what_waits_for_the_collector_is_sent_before_the_program_ends(String protocol) throws IOException {
        start(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
                "OTEL_EXPORTER_OTLP_PROTOCOL", protocol,
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=demo",
                "OTEL_BSP_SCHEDULE_DELAY", "3600000"));
        ask();
        program.terminate();

        Span request =
                collector.await(1, span -> span.name().equals("chat auto")).get(0);
        assertThat(request.resource())
                .containsEntry("service.name", "freerouter")
                .containsEntry("deployment.environment.name", "demo");
        assertThat(program.awaitExit()).isIn(0, 143);
        assertThat(program.output()).noneMatch(line -> line.contains("WARN  The") || line.contains("ERROR"));
    }

    @Test
    void without_a_collector_requests_are_answered_and_the_program_ends_all_the_same() throws IOException {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = free.getLocalPort();
        }
        start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + closed));
        ask();
        program.terminate();

        assertThat(program.awaitExit()).isIn(0, 143);
        assertThat(program.output()).anyMatch(line -> line.contains("Traces go to http://127.0.0.1:" + closed));
    }

    @Test
    void an_option_that_cannot_be_used_is_no_reason_not_to_answer() throws IOException {
        start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_TRACES_SAMPLER", "sometimes"));
        ask();
        program.terminate();

        assertThat(program.output())
                .anyMatch(line -> line.contains("There will be no traces") && line.contains("sometimes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OTEL_SDK_DISABLED=true", "OTEL_TRACES_EXPORTER=none"})
    void traces_can_be_switched_off_where_a_collector_is_named(String variable) throws IOException {
        start(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.endpoint(),
                variable.substring(0, variable.indexOf('=')),
                variable.substring(variable.indexOf('=') + 1)));
        ask();
        program.terminate();

        assertThat(program.awaitExit()).isIn(0, 143);
        assertThat(collector.received()).isEmpty();
    }
}
