package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.PackagedProgram;
import java.io.IOException;
import java.nio.file.Path;
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
                .hasSize(2)
                .contains("demo/reliable:free answers, attempt 3")
                .anyMatch(line -> line.startsWith("Hello from demo/reliable:free"));
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

    @Test
    void the_servers_options_are_flags() throws IOException {
        try (PackagedProgram program =
                PackagedProgram.run(directory, Map.of(), "serve", "--demo", "--port", "0", "--host", "127.0.0.1")) {
            assertThat(program.port()).isPositive();
        }
    }
}
