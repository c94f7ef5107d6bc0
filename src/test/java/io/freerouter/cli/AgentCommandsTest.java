package io.freerouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands for agents say before they do anything. */
class AgentCommandsTest {
    private static final URI GATEWAY = URI.create("http://127.0.0.1:8123");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        Gateways gateways = new Gateways() {
            @Override
            public void set(Map<String, String> properties) {
                assertThat(properties).isEmpty();
            }

            @Override
            public ProgramOptions options() {
                return CommandRun.options(GATEWAY, Map.of());
            }

            @Override
            public int serve(Map<String, String> properties) {
                throw new AssertionError("no server is wanted");
            }

            @Override
            public URI configured() {
                return GATEWAY;
            }

            @Override
            public int temporary(Task task) {
                throw new AssertionError("no gateway is wanted");
            }
        };
        return FreeRouterCommand.run(
                gateways,
                CommandRun.machine(address -> false, Optional.empty(), Duration.ZERO),
                new PrintWriter(out),
                new PrintWriter(err),
                arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch", "setup"})
    void an_unknown_agent_is_an_error_that_names_the_known_ones(String command) {
        assertThat(run(command, "claud")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'claud'", "claude, codex, opencode")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch", "setup"})
    void an_agent_must_be_named(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(err.toString()).contains("AGENT");
    }

    @Test
    void a_dry_run_prints_what_the_agent_would_get() {
        assertThat(run("launch", "codex", "--dry-run", "--model", "z-ai/glm-5.2:free", "--", "exec", "--json"))
                .isZero();
        assertThat(out.toString())
                .contains("codex -c ", "model=\"z-ai/glm-5.2:free\"", GATEWAY + "/v1", " exec --json");
    }

    @Test
    void an_agent_in_the_background_cannot_be_launched() {
        assertThat(run("launch", "openclaw")).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("freerouter setup openclaw");
    }

    @Test
    void an_agent_without_files_is_told_its_variables() {
        assertThat(run("setup", "copilot")).isEqualTo(1);
        assertThat(err.toString()).contains("COPILOT_PROVIDER_BASE_URL=" + GATEWAY + "/v1");
    }

    @Test
    void a_name_that_no_model_has_is_an_error() {
        assertThat(run("launch", "codex", "--dry-run", "--model", "two words")).isEqualTo(1);
        assertThat(err.toString()).contains("'two words'");
    }

    @Test
    void agents_are_json() {
        assertThat(run("agents", "--json")).isZero();
        assertThat(out.toString()).startsWith("[{\"agent\":\"claude\",\"name\":\"Claude Code\",");
    }
}
