package io.freerouter.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.freerouter.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sun.misc.Signal;

/** Runs of scripts in place of agents. */
class LaunchTest {
    private static final URI GATEWAY = URI.create("http://127.0.0.1:8123");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void aUser() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        variables.put("HOME", home.toString());
        variables.put("OUT", home.resolve("out").toString());
        variables.put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private UserEnvironment user() {
        return new UserEnvironment(variables, false);
    }

    private void program(Agent agent, String... script) throws IOException {
        Path file = Files.writeString(
                home.resolve("bin").resolve(agent.program()), "#!/bin/sh\n" + String.join("\n", script) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int launch(Agent agent, String... arguments) {
        return launch(agent, "auto", false, arguments);
    }

    private int launch(Agent agent, String model, boolean hasTerminal, String... arguments) {
        return Launch.run(
                agent, user(), user().program(agent), GATEWAY, model, List.of(arguments), hasTerminal, said::add);
    }

    private String out() throws IOException {
        return Files.readString(home.resolve("out"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 255})
    void the_exit_code_is_the_agents(int code) throws IOException {
        program(Agent.CODEX, "exit " + code);
        assertThat(launch(Agent.CODEX)).isEqualTo(code);
    }

    @Test
    void an_agent_that_a_signal_ended_has_the_shells_exit_code() throws IOException {
        program(Agent.CODEX, "kill -KILL $$");
        assertThat(launch(Agent.CODEX)).isEqualTo(128 + 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void a_signal_goes_to_the_agent(String signal) throws IOException, InterruptedException {
        assumeThat(new ProcessBuilder("sh", "-c", "trap 'exit 5' " + signal + "; kill -s " + signal + " $$; exit 1")
                        .start()
                        .waitFor())
                .as("signals that were ignored from the start cannot be trapped")
                .isEqualTo(5);
        program(Agent.CODEX, "trap 'kill $!; exit 9' " + signal, "sleep 60 &", "kill -s " + signal + " $PPID", "wait");
        assertThat(launch(Agent.CODEX)).isEqualTo(9);
    }

    @Test
    void a_terminal_sends_its_interrupt_to_the_agent_itself() throws IOException {
        program(
                Agent.CODEX,
                "trap 'exit 9' INT",
                "trap 'kill $!; exit 4' TERM",
                "sleep 60 &",
                "kill -s INT $PPID",
                "kill -s TERM $PPID",
                "wait");
        assertThat(launch(Agent.CODEX, "auto", true)).isEqualTo(4);
    }

    @Test
    void no_agent_is_started_after_a_signal() throws IOException {
        program(Agent.CODEX, "touch \"$OUT\"");
        try (Signals signals = new Signals(false, false)) {
            signals.receive(new Signal("TERM"));
            assertThat(signals.run(new ProcessBuilder(
                            home.resolve("bin").resolve("codex").toString())))
                    .isEqualTo(128 + 15);
        }
        assertThat(home.resolve("out")).doesNotExist();
    }

    @Test
    void settings_are_in_a_temporary_file_that_is_gone_afterwards() throws IOException {
        program(Agent.CLAUDE, "echo \"$@\" > \"$OUT\"", "cat \"$2\" >> \"$OUT\"");
        launch(Agent.CLAUDE, "auto", false, "-p", "Hello you");
        String[] lines = out().split("\n", 2);
        assertThat(lines[0]).startsWith("--settings /").endsWith("settings.json -p Hello you");
        assertThat(lines[1])
                .isEqualTo(ClientSettings.of(Agent.CLAUDE, GATEWAY, "auto")
                        .files()
                        .get(0)
                        .text());
        assertThat(Path.of(lines[0].split(" ")[1]).getParent()).doesNotExist();
        assertThat(home.resolve(".claude")).doesNotExist();
    }

    @Test
    void temporary_files_are_gone_after_a_signal() throws IOException {
        program(
                Agent.CLAUDE,
                "trap 'kill $!; exit 3' TERM",
                "echo \"$2\" > \"$OUT\"",
                "sleep 60 &",
                "kill -s TERM $PPID",
                "wait");
        assertThat(launch(Agent.CLAUDE)).isEqualTo(3);
        assertThat(Path.of(out().strip()).getParent()).doesNotExist();
    }

    @Test
    void the_exit_code_is_the_agents_if_the_agent_has_deleted_the_temporary_files() throws IOException {
        program(Agent.CLAUDE, "rm -r \"${2%/*}\"", "exit 7");
        assertThat(launch(Agent.CLAUDE)).isEqualTo(7);
    }

    @Test
    void a_model_can_be_chosen() throws IOException {
        program(Agent.CLAUDE, "cat \"$2\" > \"$OUT\"");
        launch(Agent.CLAUDE, "z-ai/glm-5.2:free", false);
        assertThat(out()).contains("\"model\": \"z-ai/glm-5.2:free\"");
    }

    @Test
    void each_value_of_toml_is_an_option() throws IOException {
        program(Agent.CODEX, "printf '%s\\n' \"$@\" > \"$OUT\"");
        launch(Agent.CODEX, "exec", "two words");
        assertThat(out().lines())
                .contains("-c", "model=\"auto\"", "model_providers.freerouter.base_url=\"" + GATEWAY + "/v1\"")
                .endsWith("exec", "two words");
    }

    @Test
    void settings_are_in_a_variable() throws IOException {
        program(Agent.OPENCODE, "printf %s \"$OPENCODE_CONFIG_CONTENT\" > \"$OUT\"");
        launch(Agent.OPENCODE);
        assertThat(out()).contains("\"model\": \"freerouter/auto\"", GATEWAY + "/v1");
    }

    @Test
    void variables_of_the_document_are_set_and_other_ways_to_models_are_hidden() throws IOException {
        variables.put("OPENROUTER_API_KEY", "secret");
        variables.put("FREEROUTER_UPSTREAM_API_KEY", "secret");
        variables.put("ANTHROPIC_API_KEY", "secret");
        variables.put("MINE", "stays");
        program(Agent.COPILOT, "env > \"$OUT\"");
        launch(Agent.COPILOT);
        assertThat(out())
                .contains("COPILOT_PROVIDER_BASE_URL=" + GATEWAY + "/v1", "MINE=stays")
                .doesNotContain("secret", "NO_PROXY");
    }

    @Test
    void a_file_that_stands_in_place_of_the_users_has_the_users_settings_too() throws IOException {
        Path own = home.resolve(".continue/config.yaml");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "name: Mine\nversion: 1.0.0\nschema: v1\nmodels:\n  - name: Other\n");
        program(Agent.CONTINUE, "cat \"$2\" > \"$OUT\"");
        launch(Agent.CONTINUE);
        assertThat(out()).contains("name: Mine", "- name: Other", "apiBase: " + GATEWAY + "/v1");
        assertThat(own).content().doesNotContain(GATEWAY.toString());
    }

    @Test
    void a_folder_that_stands_in_place_of_the_users_leads_to_everything_else() throws IOException {
        Path own = home.resolve(".pi/agent");
        Files.createDirectories(own.resolve("extensions"));
        Files.writeString(own.resolve("auth.json"), "mine");
        Files.writeString(own.resolve("settings.json"), "{ \"theme\": \"mine\" }");
        program(
                Agent.PI,
                "cd \"$PI_CODING_AGENT_DIR\"",
                "cat auth.json settings.json models.json > \"$OUT\"",
                "touch extensions/new",
                "echo \"$PI_CODING_AGENT_SESSION_DIR\" >> \"$OUT\"");
        launch(Agent.PI);
        assertThat(out())
                .startsWith("mine")
                .contains("\"theme\": \"mine\"", "\"defaultProvider\": \"freerouter\"", GATEWAY + "/v1")
                .endsWith(own.resolve("sessions") + "\n");
        assertThat(own.resolve("extensions/new")).exists();
        assertThat(own.resolve("settings.json")).hasContent("{ \"theme\": \"mine\" }");
        assertThat(own.resolve("models.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_PROXY", "https_proxy", "ALL_PROXY"})
    void a_proxy_is_not_used_for_the_gateway(String proxy) throws IOException {
        variables.put(proxy, "http://proxy");
        variables.put("no_proxy", "intranet");
        program(Agent.CODEX, "echo \"$NO_PROXY $no_proxy\" > \"$OUT\"");
        launch(Agent.CODEX);
        assertThat(out()).isEqualTo("intranet,127.0.0.1 intranet,127.0.0.1\n");
    }

    @Test
    void broken_settings_that_are_needed_are_told() throws IOException {
        Path own = home.resolve(".pi/agent/settings.json");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "{ no");
        program(Agent.PI, "touch \"$OUT\"");
        assertThatThrownBy(() -> launch(Agent.PI))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(own + ", line 1: ");
        assertThat(home.resolve("out")).doesNotExist();
    }

    @Test
    void a_folder_that_can_be_no_path_is_passed_over() throws IOException {
        variables.put("PATH", "no\0path:" + home.resolve("bin"));
        program(Agent.CODEX, "exit 0");
        assertThat(user().program(Agent.CODEX)).isEqualTo(home.resolve("bin/codex"));
    }

    @Test
    void an_agent_that_is_not_installed_is_told_with_how_to_install_it() {
        variables.put("PATH", home.toString());
        assertThatThrownBy(() -> launch(Agent.CLAUDE))
                .isInstanceOf(CommandException.class)
                .hasMessage("Claude Code is not installed: there is no program 'claude' on the PATH. "
                        + "Install it with: npm install -g @anthropic-ai/claude-code");
    }

    @Test
    void an_agent_in_the_background_is_not_launched() {
        assertThatThrownBy(() -> Launch.check(Agent.OPENCLAW))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("freerouter setup openclaw");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENCLAW")
    void what_an_agent_would_get_can_be_described(Agent agent) {
        variables.put("OPENROUTER_API_KEY", "secret");
        List<String> lines =
                new Launch(agent, user(), GATEWAY, "auto", Path.of("<folder>")).describe(List.of("two words"));
        assertThat(lines)
                .contains("unset OPENROUTER_API_KEY")
                .anyMatch(line -> line.startsWith(agent.program()) && line.endsWith(" 'two words'"))
                .anyMatch(line -> line.contains(GATEWAY.toString()))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void installed_agents_are_listed_with_their_versions() throws IOException {
        variables.put("PATH", home.resolve("bin") + ":/bin:/usr/bin");
        program(Agent.CLAUDE, "echo '2.1.331 (Claude Code)'");
        program(Agent.CODEX, "exit 1");
        assertThat(InstalledAgents.find(user(), GATEWAY, LONG))
                .hasSize(Agent.values().length)
                .anySatisfy(entry -> {
                    assertThat(entry.agent()).isEqualTo(Agent.CLAUDE);
                    assertThat(entry.program()).contains(home.resolve("bin/claude"));
                    assertThat(entry.version()).contains("2.1.331");
                    assertThat(entry.state()).isEqualTo(AgentSetup.State.NONE);
                })
                .anySatisfy(entry -> {
                    assertThat(entry.agent()).isEqualTo(Agent.CODEX);
                    assertThat(entry.program()).isPresent();
                    assertThat(entry.version()).isEmpty();
                });
    }

    private InstalledAgents.Entry listed(Agent agent, Duration patience) {
        return InstalledAgents.find(user(), GATEWAY, patience).stream()
                .filter(entry -> entry.agent() == agent)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_agent_that_is_asked_for_its_version_gets_no_key() throws IOException {
        variables.put("OPENROUTER_API_KEY", "secret");
        program(Agent.CLAUDE, "echo 1.2.3", "env > \"$OUT\"");
        assertThat(listed(Agent.CLAUDE, LONG).version()).contains("1.2.3");
        assertThat(out()).contains("HOME=").doesNotContain("secret");
    }

    @Test
    void agents_that_do_not_say_their_version_in_time_are_ended_together() throws IOException {
        program(Agent.CLAUDE, "sleep 600");
        program(Agent.CODEX, "sleep 600");
        assertThat(listed(Agent.CODEX, Duration.ofMillis(50)).version()).isEmpty();
    }

    @Test
    void an_agent_whose_settings_cannot_be_read_is_listed_with_the_reason() throws IOException {
        Path record = SetupRecord.folder(user(), Agent.CODEX).resolve("record.json");
        Files.createDirectories(record.getParent());
        Files.writeString(record, "{ no");
        variables.put("PATH", home.toString());
        assertThat(listed(Agent.CODEX, LONG)).satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(AgentSetup.State.UNREADABLE);
            assertThat(entry.problem().orElse("")).contains(record.toString());
        });
        assertThat(listed(Agent.CLAUDE, LONG).state()).isEqualTo(AgentSetup.State.NONE);
    }

    private void pi(String... script) throws IOException {
        String[] all = new String[script.length + 1];
        all[0] = "cd \"$PI_CODING_AGENT_DIR\"";
        System.arraycopy(script, 0, all, 1, script.length);
        program(Agent.PI, all);
        launch(Agent.PI);
    }

    @Test
    void what_an_agent_makes_in_place_of_its_own_folder_is_the_users_afterwards() throws IOException {
        Path own = home.resolve(".pi/agent");
        pi("echo key > auth.json", "mkdir -p tools/bin", "echo fd > tools/bin/fd");
        assertThat(own.resolve("auth.json")).hasContent("key");
        assertThat(own.resolve("tools/bin/fd")).hasContent("fd");
        assertThat(own.resolve("models.json")).doesNotExist();
        assertThat(own.resolve("settings.json")).doesNotExist();
        assertThat(said).isEmpty();
    }

    @Test
    void a_file_that_an_agent_replaces_is_replaced_in_its_own_folder() throws IOException {
        Path own = Files.createDirectories(home.resolve(".pi/agent"));
        Files.writeString(own.resolve("auth.json"), "old");
        pi("echo new > auth.new", "mv auth.new auth.json");
        assertThat(own.resolve("auth.json")).hasContent("new");
        assertThat(own.resolve("auth.new")).doesNotExist();
    }

    @Test
    void what_an_agent_changes_in_its_settings_stays_without_the_gateway() throws IOException {
        Path own = Files.createDirectories(home.resolve(".pi/agent"));
        Files.writeString(own.resolve("settings.json"), "{ \"theme\": \"mine\", \"defaultModel\": \"other\" }");
        pi("sed 's/mine/new/' settings.json > changed", "mv changed settings.json");
        assertThat(own.resolve("settings.json")).hasContent("{ \"theme\": \"new\", \"defaultModel\": \"other\" }");
        assertThat(said).isEmpty();
    }

    @Test
    void settings_that_somebody_else_changed_at_the_same_time_stay() throws IOException {
        Path own = Files.createDirectories(home.resolve(".pi/agent"));
        Files.writeString(own.resolve("settings.json"), "{ \"theme\": \"mine\" }");
        pi("echo '{}' > \"$HOME/.pi/agent/settings.json\"", "sed -i 's/mine/new/' settings.json");
        assertThat(own.resolve("settings.json")).hasContent("{}");
        assertThat(said).singleElement().asString().startsWith("Pi: ").contains("settings.json");
    }

    @Test
    void a_home_that_is_no_absolute_path_is_told() {
        variables.put("HOME", "somewhere");
        assertThatThrownBy(() -> new AgentSetup(Agent.CODEX, user()).plan(GATEWAY, "auto"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("HOME is \"somewhere\"");
    }

    @Test
    void on_windows_a_hidden_variable_may_be_written_in_any_case() {
        UserEnvironment windows = new UserEnvironment(Map.of("Anthropic_Api_Key", "secret"), true);
        Map<String, String> copy = windows.copy();
        Launch.REMOVED.forEach(copy::remove);
        assertThat(copy).isEmpty();
    }
}
