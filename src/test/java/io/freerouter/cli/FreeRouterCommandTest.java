package io.freerouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says, with a stand-in for the gateway. */
class FreeRouterCommandTest {
    private static final String MODELS = """
            {"object":"list","data":[
             {"id":"auto","owned_by":"freerouter","context_length":null},
             {"id":"maker/big:free","owned_by":"maker","context_length":1048576,
              "top_provider":{"max_completion_tokens":32768},"supported_parameters":["tools","reasoning"],
              "architecture":{"input_modalities":["text","image"]}},
             {"id":"maker/small:free","owned_by":"maker","context_length":32768,
              "top_provider":{"max_completion_tokens":null},"supported_parameters":["response_format"],
              "architecture":{"input_modalities":["text"]}}]}
            """;
    private static final String STATUS = """
            {"data":[{"id":"maker/big:free","state":"cooling","until":"UNTIL","why":"It failed once."},
             {"id":"maker/small:free","state":"ready","until":null,"why":"Place 1."}],
             "left_out":[{"id":"stealth/preview","name":"P","reason":"preview","why":"It is a preview."}]}
            """;
    private static final String REQUEST = """
            {"id":17,"attempts":[
             {"number":1,"model":"maker/small:free","role":"first","state":"failed","after_ms":3,"took_ms":410,
              "cause":"429 rate limited"},
             {"number":2,"model":"maker/slow:free","role":"fallback","state":"cancelled","after_ms":414,"took_ms":90},
             {"number":3,"model":"maker/big:free","role":"hedge","state":"won","after_ms":500,"took_ms":1426}]}
            """;
    private static final String QUOTA = """
            {"object":"quota","minute":{"used":3,"limit":20,"resets_in_seconds":41},
             "day":{"used":12,"limit":50,"resets_in_seconds":18720}}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final List<Map<String, String>> served = new ArrayList<>();
    private final List<Map<String, String>> set = new ArrayList<>();
    private HttpServer gateway;
    private String answer = "";
    private String status = "";
    private String request = "";

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/v1/quota", exchange -> answer(exchange, 200, QUOTA));
        gateway.createContext("/v1/models", exchange -> answer(exchange, 200, MODELS));
        gateway.createContext("/v1/models/status", exchange -> answer(exchange, status.isEmpty() ? 404 : 200, status));
        gateway.createContext("/v1/requests/17", exchange -> answer(exchange, request.isEmpty() ? 404 : 200, request));
        gateway.createContext("/health/live", exchange -> answer(exchange, 200, "UP"));
        gateway.createContext("/health/ready", exchange -> answer(exchange, 503, "no key"));
        gateway.createContext("/v1/chat/completions", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().add("X-FreeRouter-Request", "17");
            exchange.getResponseHeaders().add("X-FreeRouter-Model", "maker/big:free");
            exchange.getResponseHeaders().add("X-FreeRouter-Attempts", "3");
            answer(exchange, answer.startsWith("{") ? 429 : 200, answer);
        });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... arguments) {
        Gateways gateways = new Gateways() {
            @Override
            public void set(Map<String, String> properties) {
                set.add(properties);
            }

            @Override
            public ProgramOptions options() {
                return CommandRun.options(configured(), Map.of());
            }

            @Override
            public int serve(Map<String, String> properties) {
                served.add(properties);
                return 0;
            }

            @Override
            public URI configured() {
                return URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
            }

            @Override
            public int temporary(Task task) {
                throw new CommandException("No gateway runs");
            }
        };
        return FreeRouterCommand.run(
                gateways,
                CommandRun.machine(address -> false, Optional.empty(), Duration.ZERO),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
    }

    private static String event(String content) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + content + "\"}}]}\n\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "-h"})
    void help_names_every_command(String word) {
        assertThat(run(word)).isZero();
        assertThat(out.toString())
                .contains("Usage: freerouter", "serve", "ask", "models", "quota", "health", "completion");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "ask", "models", "quota", "health", "completion"})
    void each_command_has_help(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: freerouter " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "login",
                "logout",
                "ask",
                "launch",
                "setup",
                "agents",
                "models",
                "quota",
                "health",
                "doctor",
                "completion",
                "man-page"
            })
    void help_fits_a_terminal(String command) {
        assertThat(run((command + " --help").strip().split(" "))).isZero();
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(out.toString()).contains("\nOptions:\n", "-h, --help").doesNotContain("${", "%n", "@|", "-D=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "models --version"})
    void the_version_is_one_line(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .matches("freerouter .* \\(commit .*, Java \\d+\\)");
    }

    @ParameterizedTest
    @CsvSource({"modles,models", "server,serve", "helth,health", "qouta,quota"})
    void an_unknown_word_is_an_error_that_names_the_nearest_command(String word, String nearest) {
        assertThat(run(word)).isEqualTo(2);
        assertThat(err.toString()).contains("'" + word + "'", nearest);
        assertThat(out.toString()).isEmpty();
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "-x", "--json"})
    void an_unknown_option_is_an_error(String option) {
        assertThat(run("serve", option)).isEqualTo(2);
        assertThat(err.toString()).contains("'" + option + "'");
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve "})
    void the_server_gets_its_options(String command) {
        String line = command + "--port 9000 --host 0.0.0.0 --demo --strategy race -Dfreerouter.order=speed";
        assertThat(run(line.split(" "))).isZero();
        assertThat(served)
                .containsExactly(Map.of(
                        "freerouter.http.port", "9000",
                        "freerouter.http.host", "0.0.0.0",
                        "freerouter.demo", "true",
                        "freerouter.strategy", "race",
                        "freerouter.order", "speed"));
    }

    @Test
    void options_before_a_command_hold_for_the_command() {
        assertThat(run("--port", "9000", "-Dfreerouter.order=speed", "models")).isZero();
        assertThat(set).containsExactly(Map.of("freerouter.http.port", "9000", "freerouter.order", "speed"));
    }

    @Test
    void models_are_a_table() {
        assertThat(run("models")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "Model             Context  Answer  Can",
                        "maker/big:free    1M       33k     tools, vision, reasoning",
                        "maker/small:free  33k      ?       json");
    }

    @Test
    void models_are_a_table_in_markdown() {
        assertThat(run("models", "--markdown")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "| Model | Context | Answer | Can |",
                        "| --- | --- | --- | --- |",
                        "| maker/big:free | 1M | 33k | tools, vision, reasoning |",
                        "| maker/small:free | 33k | ? | json |");
    }

    @Test
    void a_gateway_that_runs_says_how_its_models_do() {
        status = STATUS.replace("UNTIL", Instant.now().plusSeconds(3600).toString());
        assertThat(run("models")).isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("maker/big:free .*cooling for 3\\d{3} s"))
                .anyMatch(line -> line.matches("maker/small:free .* ready"));
    }

    @Test
    void models_that_are_left_out_are_listed_with_the_reason() {
        status = STATUS.replace("UNTIL", "2026-01-01T00:00:00Z");
        assertThat(run("models", "--all")).isZero();
        assertThat(out.toString().lines().skip(3))
                .containsExactly("", "Left out         Why", "stealth/preview  It is a preview.");
    }

    @Test
    void states_and_reasons_are_json_as_well() throws IOException {
        status = STATUS.replace("UNTIL", "2026-01-01T00:00:00Z");
        assertThat(run("models", "--all", "--json")).isZero();
        JsonNode rows = new ObjectMapper().readTree(out.toString());
        assertThat(rows).hasSize(3);
        assertThat(rows.at("/0/freerouter/state").asText()).isEqualTo("cooling");
        assertThat(rows.at("/2/left_out/reason").asText()).isEqualTo("preview");
    }

    @Test
    void a_gateway_that_does_not_tell_of_its_models_cannot_name_those_left_out() {
        assertThat(run("models", "--all")).isEqualTo(1);
        assertThat(err.toString()).contains("/v1/models/status", "404");
    }

    @Test
    void models_are_json() {
        assertThat(run("models", "--json")).isZero();
        assertThat(out.toString()).startsWith("[{\"id\":\"maker/big:free\"").doesNotContain("\"auto\"");
    }

    @ParameterizedTest
    @CsvSource({"tools,big", "vision,big", "128k,big", "1m,big", "json,small", "32k,big small", "'tools,json',''"})
    void only_models_that_can_do_what_is_needed_are_listed(String need, String names) {
        assertThat(run("models", "--json", "--for", need)).isZero();
        assertThat(List.of("big", "small"))
                .allSatisfy(name ->
                        assertThat(out.toString().contains("/" + name + ":")).isEqualTo(names.contains(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"magic", "99999999999999999999k"})
    void an_unknown_need_is_an_error_that_names_the_known_ones(String need) {
        assertThat(run("models", "--for", need)).isEqualTo(2);
        assertThat(err.toString()).contains("tools, vision, reasoning, json", "'" + need + "'");
    }

    @Test
    void the_formats_of_a_list_exclude_each_other() {
        assertThat(run("models", "--json", "--markdown")).isEqualTo(2);
    }

    @Test
    void the_quota_is_two_lines() {
        assertThat(run("quota")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "minute  3 of 20 requests used, full again in 41 s",
                        "day     12 of 50 requests used, full again in 5 h 12 min");
    }

    @Test
    void the_quota_is_json() {
        assertThat(run("quota", "--json")).isZero();
        assertThat(out.toString()).startsWith("{\"object\":\"quota\"");
    }

    @Test
    void an_answer_is_printed_as_it_comes() {
        answer = ": waiting\n\n" + event("Hel") + event("lo") + "data: [DONE]\n\n";
        assertThat(run("ask", "--model", "maker/big:free", "say", "\"hello\"")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("Hello\n");
        assertThat(err.toString()).isEmpty();
        assertThat(asked)
                .containsExactly("{\"model\":\"maker/big:free\",\"stream\":true,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"say \\\"hello\\\"\"}]}");
    }

    @Test
    void a_trace_says_what_became_of_each_model() {
        answer = event("Hello") + "data: [DONE]\n\n";
        request = REQUEST;
        assertThat(run("ask", "--trace", "hi")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("Hello\n");
        assertThat(err.toString().lines())
                .containsExactly(
                        "#  Model             Asked                What became of it",
                        "1  maker/small:free  first, at 3 ms       failed after 410 ms: 429 rate limited",
                        "2  maker/slow:free   fallback, at 414 ms  cancelled after 90 ms",
                        "3  maker/big:free    hedge, at 500 ms     answered, first token after 1426 ms",
                        "Quota left: 17 of 20 this minute; 38 of 50 today");
    }

    @Test
    void a_trace_says_only_who_answered_if_the_gateway_remembers_nothing() {
        answer = event("Hello") + "data: [DONE]\n\n";
        assertThat(run("ask", "--trace", "hi")).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        "maker/big:free answered, attempt 3", "Quota left: 17 of 20 this minute; 38 of 50 today");
    }

    @Test
    void a_refusal_is_traced_as_well() {
        answer = "{\"error\":{\"message\":\"Every model failed.\"}}";
        request = REQUEST;
        assertThat(run("ask", "--trace", "hi")).isEqualTo(1);
        assertThat(err.toString())
                .contains("429 rate limited", "Quota left")
                .endsWith("Every model failed." + System.lineSeparator());
    }

    @Test
    void a_refusal_is_told_in_the_gateways_words() {
        answer = "{\"error\":{\"message\":\"The day's quota is used up.\"}}";
        assertThat(run("ask", "hi")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("The day's quota is used up.");
    }

    @Test
    void an_answer_that_breaks_off_is_a_failure() {
        answer = event("Hel") + "data: {\"error\":{\"message\":\"The model stopped.\"}}\n\n";
        assertThat(run("ask", "hi")).isEqualTo(1);
        assertThat(out.toString()).isEqualToNormalizingNewlines("Hel\n");
        assertThat(err.toString().lines()).containsExactly("The model stopped.");
    }

    @ParameterizedTest
    @CsvSource({"Hel, Hel|", "'', ''", "'Hello\\n', Hello|"})
    void the_error_of_a_broken_answer_begins_on_a_line_of_its_own(String text, String printed) {
        answer = "data: {\"choices\":[{\"delta\":{\"content\":\"" + text
                + "\"}}]}\n\ndata: {\"error\":{\"message\":\"It broke off.\"}}\n\n";
        assertThat(run("ask", "hi")).isEqualTo(1);
        assertThat(out.toString().replace(System.lineSeparator(), "|").replace('\n', '|'))
                .isEqualTo(printed);
        assertThat(err.toString().lines()).containsExactly("It broke off.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", "1 2"})
    void a_port_that_cannot_be_is_a_mistake_of_the_user(String port) {
        assertThat(run("serve", "--port", port)).isEqualTo(2);
        assertThat(err.toString()).contains("'" + port + "' is not a port number from 0 to 65535");
        assertThat(served).isEmpty();
    }

    @Test
    void a_gateway_that_lives_gives_no_cause_for_complaint() {
        assertThat(run("health")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_gateway_that_is_not_ready_is_quoted() {
        assertThat(run("health", "ready")).isEqualTo(1);
        assertThat(err.toString()).contains("503", "no key").doesNotContain("HTTP/1.1", "Content-", "Date:");
    }

    @Test
    void a_check_that_does_not_exist_is_a_complaint() {
        assertThat(run("health", "redy")).isEqualTo(1);
        assertThat(err.toString()).contains("404");
    }

    @Test
    void a_gateway_that_is_not_there_is_a_complaint() {
        gateway.stop(0);
        assertThat(run("health")).isEqualTo(1);
        assertThat(err.toString()).contains("Nothing answers at", "refused");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void without_a_gateway_a_temporary_one_is_started() {
        gateway.stop(0);
        assertThat(run("models")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("No gateway runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void a_shell_completes_the_commands(String shell) {
        assertThat(run("completion", shell)).isZero();
        assertThat(out.toString()).contains("#!/usr/bin/env bash", "models", "--markdown");
    }

    @Test
    void an_unknown_shell_is_an_error() {
        assertThat(run("completion", "tcsh")).isEqualTo(2);
        assertThat(err.toString()).contains("tcsh", "bash");
    }
}
