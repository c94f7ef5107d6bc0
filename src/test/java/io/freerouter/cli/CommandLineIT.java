package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.PackagedProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged program, with the demo in place of OpenRouter. */
class CommandLineIT {
    private static final Map<String, String> DEMO = Map.of("FREEROUTER_DEMO", "true", "PORT", "1");

    @TempDir
    Path directory;

    private List<String> output(int exitCode, String... arguments) throws IOException {
        try (PackagedProgram program = PackagedProgram.run(directory, DEMO, arguments)) {
            assertThat(program.awaitExit()).isEqualTo(exitCode);
            return program.output();
        }
    }

    @Test
    void the_version_is_one_line() throws IOException {
        assertThat(output(0, "--version")).singleElement().asString().startsWith("freerouter ");
    }

    @Test
    void an_unknown_word_starts_no_server() throws IOException {
        assertThat(output(2, "modles").get(1)).contains("freerouter models");
    }

    @Test
    void the_demos_models_are_listed() throws IOException {
        assertThat(output(0, "models", "--for", "vision"))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("demo/reliable:free "));
    }

    @Test
    void a_question_is_answered_after_two_models_have_failed() throws IOException {
        assertThat(output(0, "ask", "--trace", "hello"))
                .hasSize(6)
                .anyMatch(line -> line.startsWith("Hello from demo/reliable:free"))
                .anyMatch(line -> line.matches("1  \\S+ +first, at \\d+ ms +failed after \\d+ ms: .*"))
                .anyMatch(line -> line.matches("3  demo/reliable:free .*answered, first token after \\d+ ms"))
                .anyMatch(line -> line.startsWith("Quota left: "));
    }

    @Test
    void free_models_that_are_left_out_are_listed_with_the_reason() throws IOException {
        assertThat(output(0, "-Dfreerouter.catalog.deny=demo/slow:free", "models", "--all"))
                .anyMatch(line -> line.startsWith("Left out"))
                .contains("demo/slow:free  freerouter.catalog.deny names it.");
    }

    @Test
    void the_doctor_finds_nothing_to_do_in_the_demo() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Map<String, String> environment = Map.of("FREEROUTER_DEMO", "true", "PORT", Integer.toString(free));
        try (PackagedProgram program = PackagedProgram.run(directory, environment, "doctor")) {
            assertThat(program.awaitExit())
                    .as(() -> program.output().toString())
                    .isZero();
            assertThat(program.output())
                    .anyMatch(line -> line.startsWith("+ version   freerouter "))
                    .anyMatch(line -> line.startsWith("+ models    "))
                    .noneMatch(line -> line.startsWith("x "));
        }
    }

    @Test
    void the_doctor_finds_the_missing_key() throws IOException {
        Map<String, String> environment = Map.of("OPENROUTER_BASE_URL", "http://127.0.0.1:1/api/v1", "PORT", "1");
        try (PackagedProgram program = PackagedProgram.run(directory, environment, "doctor", "--json")) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output()).singleElement().asString().contains("\"ok\":false", "there is none");
        }
    }

    @Test
    void completions_and_the_manual_page_are_written() throws IOException {
        assertThat(output(0, "completion", "fish")).anyMatch(line -> line.contains("-a serve"));
        assertThat(output(0, "man-page").get(0)).startsWith(".TH FREEROUTER 1 \"20");
    }

    @Test
    void options_before_a_command_hold_for_it() throws IOException {
        try (PackagedProgram program = PackagedProgram.run(directory, Map.of("PORT", "1"), "--demo", "ask", "hello")) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output()).singleElement().asString().startsWith("Hello from demo/");
        }
    }

    @Test
    void the_quota_is_told() throws IOException {
        assertThat(output(0, "quota")).hasSize(2).allMatch(line -> line.contains("0 requests used"));
    }

    @Test
    void a_mistake_in_the_environment_is_told_in_one_line() throws IOException {
        try (PackagedProgram program = PackagedProgram.run(directory, Map.of("PORT", "none"), "models")) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output()).singleElement().asString().contains("PORT", "\"none\"");
        }
    }

    private List<String> launch(int exitCode, Map<String, String> options, String... script) throws IOException {
        Path agent = Files.writeString(directory.resolve("codex"), "#!/bin/sh\n" + String.join("\n", script) + "\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment = new HashMap<>(options);
        environment.put("PATH", directory + ":/usr/bin:/bin");
        environment.put("HOME", directory.toString());
        try (PackagedProgram program =
                PackagedProgram.run(directory, environment, "launch", "codex", "--", "exec", "hi")) {
            assertThat(program.awaitExit()).isEqualTo(exitCode);
            return program.output();
        }
    }

    @Test
    void an_agent_runs_with_a_gateway_for_the_time_and_its_exit_code_is_the_programs() throws IOException {
        assertThat(launch(7, DEMO, "echo \"$@\"", "exit 7"))
                .singleElement()
                .asString()
                .matches(".*base_url=\"http://127.0.0.1:\\d+/v1\".* exec hi");
    }

    @Test
    void an_agent_gets_the_signal_that_would_end_the_program() throws IOException {
        assertThat(launch(9, DEMO, "trap 'kill $!; exit 9' TERM", "sleep 60 &", "kill -TERM $PPID", "wait"))
                .isEmpty();
    }

    @Test
    void no_agent_runs_without_a_key() throws IOException {
        assertThat(launch(1, Map.of("PORT", "1", "OPENROUTER_BASE_URL", "http://127.0.0.1:1"), "echo started"))
                .singleElement()
                .asString()
                .contains("is not ready", "OPENROUTER_API_KEY");
    }

    @Test
    void no_agent_runs_without_a_list_of_models() throws IOException {
        Map<String, String> unreachable =
                Map.of("PORT", "1", "OPENROUTER_API_KEY", "none", "OPENROUTER_BASE_URL", "http://127.0.0.1:1");
        assertThat(launch(1, unreachable, "echo started"))
                .singleElement()
                .asString()
                .contains("is not ready", "OpenRouter's list of models");
    }

    private void setUp(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("setup", "codex", "--yes"));
        arguments.addAll(List.of(options));
        Map<String, String> home = Map.of("HOME", directory.toString(), "PATH", directory.toString());
        try (PackagedProgram program = PackagedProgram.run(directory, home, arguments.toArray(new String[0]))) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output()).anyMatch(line -> line.endsWith("wire_api = \"responses\""));
        }
    }

    @Test
    void an_agent_is_set_up_and_the_setup_undone() throws IOException {
        Path file = directory.resolve(".codex/config.toml");
        setUp();
        assertThat(file).content().contains("http://127.0.0.1:8000/v1");
        setUp("--undo");
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void the_servers_options_are_flags() throws IOException {
        try (PackagedProgram program =
                PackagedProgram.run(directory, Map.of(), "serve", "--demo", "--port", "0", "--host", "127.0.0.1")) {
            assertThat(program.port()).isPositive();
        }
    }
}
