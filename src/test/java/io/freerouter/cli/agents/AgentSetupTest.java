package io.freerouter.cli.agents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a user's files. */
class AgentSetupTest {
    private static final URI GATEWAY = URI.create("http://127.0.0.1:8123");

    @TempDir
    Path home;

    private UserEnvironment user;

    @BeforeEach
    void aUser() {
        user = new UserEnvironment(Map.of("HOME", home.toString()), false);
    }

    private AgentSetup setup(Agent agent) {
        return new AgentSetup(agent, user);
    }

    private void setUp(Agent agent) {
        setup(agent).plan(GATEWAY, "auto").apply();
    }

    private AgentSetup.Plan undo(Agent agent) {
        AgentSetup.Plan plan = setup(agent).undo().orElseThrow();
        plan.apply();
        return plan;
    }

    private Path write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** All files and folders. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.toList()) {
                tree.put(
                        home.relativize(path)
                                + (Files.isSymbolicLink(path) ? " -> " + Files.readSymbolicLink(path) : ""),
                        Files.isDirectory(path) ? "" : Files.readString(path, ISO_8859_1));
            }
        }
        return tree;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COPILOT", "AIDER"})
    void an_agent_without_settings_gets_those_of_the_document_and_loses_them_again(Agent agent) throws IOException {
        Map<String, String> before = tree();
        setUp(agent);
        for (ClientSettings.File file :
                ClientSettings.of(agent, GATEWAY, "auto").files()) {
            assertThat(user.file(agent, file.path())).hasContent(file.text());
        }
        assertThat(setup(agent).state(GATEWAY)).isEqualTo(AgentSetup.State.SETUP);
        Map<String, String> after = tree();
        assertThat(setup(agent).plan(GATEWAY, "auto").isDone()).isTrue();
        setUp(agent);
        assertThat(tree()).isEqualTo(after);
        undo(agent);
        assertThat(tree()).isEqualTo(before);
        assertThat(setup(agent).state(GATEWAY)).isEqualTo(AgentSetup.State.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"COPILOT", "AIDER"})
    void an_agent_without_files_is_told_its_variables(Agent agent) {
        assertThatThrownBy(() -> setUp(agent))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("freerouter launch " + agent.word())
                .hasMessageContaining("=" + GATEWAY + "/v1");
        assertThat(setup(agent).state(GATEWAY)).isEqualTo(AgentSetup.State.VARIABLES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "{}",
                "{\"env\":{\"ANTHROPIC_BASE_URL\":\"http://other\"}}",
                "{\r\n  // Mine.\r\n  \"env\": { },\r\n}\r\n",
                "\uFEFF{\n\t\"permissions\": {\n\t\t\"allow\": [\"Bash\"]\n\t}\n}",
                "{ \"env\": \"odd\" }",
                "{ \"name\": \"Gr\u00fc\u00dfe \ud83d\ude00\" }"
            })
    void files_are_byte_for_byte_as_before_once_the_setup_is_undone(String text) throws IOException {
        write(".claude/settings.json", text);
        Map<String, String> before = tree();
        setUp(Agent.CLAUDE);
        assertThat(home.resolve(".claude/settings.json")).content().contains("\"" + GATEWAY + "\"");
        setUp(Agent.CLAUDE);
        undo(Agent.CLAUDE);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void both_files_of_an_agent_are_changed_or_none() throws IOException {
        write(".pi/agent/models.json", "{}");
        write(".pi/agent/settings.json", "{ no");
        Map<String, String> before = tree();
        assertThatThrownBy(() -> setUp(Agent.PI))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("settings.json, line 1: ")
                .hasMessageEndingWith("Nothing was changed.");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        Path own = write("dotfiles/config.toml", "model = 'mine'\n");
        Files.createDirectories(home.resolve(".codex"));
        Files.createSymbolicLink(home.resolve(".codex/config.toml"), own);
        Map<String, String> before = tree();
        setUp(Agent.CODEX);
        assertThat(home.resolve(".codex/config.toml"))
                .isSymbolicLink()
                .content()
                .contains(GATEWAY.toString());
        undo(Agent.CODEX);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void a_link_to_nowhere_is_told() throws IOException {
        Files.createDirectories(home.resolve(".codex"));
        Files.createSymbolicLink(home.resolve(".codex/config.toml"), home.resolve("missing"));
        assertThatThrownBy(() -> setUp(Agent.CODEX))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_folder_in_place_of_the_file_is_told() throws IOException {
        Files.createDirectories(home.resolve(".codex/config.toml"));
        assertThatThrownBy(() -> setUp(Agent.CODEX))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is not a file");
    }

    @Test
    void a_read_only_file_stays_as_it_is() throws IOException {
        Path file = write(".claude/settings.json", "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Map<String, String> before = tree();
        assertThatThrownBy(() -> setUp(Agent.CLAUDE))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is read-only")
                .hasMessageEndingWith("Nothing was changed.");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void permissions_stay() throws IOException {
        Path file = write(".claude/settings.json", "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        setUp(Agent.CLAUDE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void copies_of_files_are_for_the_user_alone() throws IOException {
        write(".claude/settings.json", "{ \"env\": { \"KEY\": \"secret\" } }");
        setUp(Agent.CLAUDE);
        Path folder = home.resolve(".local/state/freerouter/setup/claude");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(folder.resolve("before-settings.json")).hasContent("{ \"env\": { \"KEY\": \"secret\" } }");
    }

    @Test
    void a_file_in_another_encoding_stays_as_it_is() throws IOException {
        Path file = write(".claude/settings.json", "");
        Files.writeString(file, "{ \"a\": \"\u00fc\" }", ISO_8859_1);
        assertThatThrownBy(() -> setUp(Agent.CLAUDE))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void what_the_user_has_changed_since_stays() throws IOException {
        Path file = write(".claude/settings.json", "{\n  \"theme\": \"dark\"\n}\n");
        setUp(Agent.CLAUDE);
        Files.writeString(file, Files.readString(file).replace("dark", "light").replace("\"128000\"", "\"64000\""));
        assertThat(setup(Agent.CLAUDE).state(GATEWAY)).isEqualTo(AgentSetup.State.CHANGED);
        AgentSetup.Plan plan = undo(Agent.CLAUDE);
        assertThat(plan.kept()).containsExactly("env.CLAUDE_CODE_AUTO_COMPACT_WINDOW in " + file);
        assertThat(file).hasContent("""
                {
                  "theme": "light",
                  "env": {
                    "CLAUDE_CODE_AUTO_COMPACT_WINDOW": "64000"
                  }
                }
                """);
        assertThat(setup(Agent.CLAUDE).undo()).isEmpty();
    }

    @Test
    void a_file_that_was_not_there_and_has_only_our_part_is_deleted_in_any_format() throws IOException {
        setUp(Agent.CLAUDE);
        Path file = home.resolve(".claude/settings.json");
        Files.writeString(file, JsonText.compact(Files.readString(file)));
        undo(Agent.CLAUDE);
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_that_the_user_has_deleted_since_stays_away() throws IOException {
        Path file = write(".claude/settings.json", "{}");
        setUp(Agent.CLAUDE);
        Files.delete(file);
        undo(Agent.CLAUDE);
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_that_the_user_has_broken_since_is_told_with_its_copy() throws IOException {
        Path file = write(".claude/settings.json", "{}");
        setUp(Agent.CLAUDE);
        Files.writeString(file, "{ no");
        assertThatThrownBy(() -> setup(Agent.CLAUDE).undo())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("settings.json, line 1: ")
                .hasMessageContaining("How it was before the setup is in " + home.resolve(".local/state"));
    }

    @Test
    void another_address_replaces_the_first_and_undo_knows_the_beginning() throws IOException {
        write(".codex/config.toml", "# Mine.\n");
        Map<String, String> before = tree();
        setUp(Agent.CODEX);
        URI other = URI.create("http://127.0.0.1:9000");
        assertThat(setup(Agent.CODEX).state(other)).isEqualTo(AgentSetup.State.ELSEWHERE);
        setup(Agent.CODEX).plan(other, "z-ai/glm-5.2:free").apply();
        assertThat(home.resolve(".codex/config.toml"))
                .content()
                .contains("# Mine.", other.toString(), "model = \"z-ai/glm-5.2:free\"")
                .doesNotContain(GATEWAY.toString());
        undo(Agent.CODEX);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void settings_by_hand_are_recognized() throws IOException {
        write(".codex/config.toml", "[model_providers.x]\nbase_url = 'http://localhost:8123/v1'\n");
        assertThat(setup(Agent.CODEX).state(GATEWAY)).isEqualTo(AgentSetup.State.BY_HAND);
    }

    @Test
    void a_folder_that_a_variable_names_is_used() throws IOException {
        user = new UserEnvironment(
                Map.of(
                        "HOME",
                        home.toString(),
                        "CODEX_HOME",
                        home.resolve("codex").toString()),
                false);
        setUp(Agent.CODEX);
        assertThat(home.resolve("codex/config.toml")).exists();
        user = new UserEnvironment(Map.of("HOME", home.toString()), false);
        assertThatThrownBy(() -> setUp(Agent.CODEX))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("freerouter setup codex --undo");
        undo(Agent.CODEX);
        assertThat(home.resolve("codex")).doesNotExist();
    }

    @Test
    void a_file_with_comments_is_taken_where_the_agent_prefers_it() throws IOException {
        Path file = write(".config/opencode/opencode.jsonc", "{\n  // Mine.\n}\n");
        setUp(Agent.OPENCODE);
        assertThat(file).content().contains("// Mine.", GATEWAY.toString());
        assertThat(home.resolve(".config/opencode/opencode.json")).doesNotExist();
    }

    @Test
    void agents_can_be_undone_in_any_order() throws IOException {
        setUp(Agent.CODEX);
        setUp(Agent.OPENCODE);
        undo(Agent.CODEX);
        undo(Agent.OPENCODE);
        assertThat(home.resolve(".local/state/freerouter")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"auto,default", "acceptEdits,acceptEdits", "plan,plan"})
    void claude_codes_mode_is_replaced_only_if_it_cannot_work(String mode, String then) throws IOException {
        Path file = write(".claude/settings.json", "{ \"permissions\": { \"defaultMode\": \"" + mode + "\" } }");
        Map<String, String> before = tree();
        setUp(Agent.CLAUDE);
        assertThat(file).content().contains("\"defaultMode\": \"" + then + "\"", GATEWAY.toString());
        undo(Agent.CLAUDE);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void a_broken_record_is_told_with_what_to_do() throws IOException {
        setUp(Agent.CLAUDE);
        write(".local/state/freerouter/setup/claude/record.json", "{ no");
        assertThatThrownBy(() -> setup(Agent.CLAUDE).undo())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Copies of the files before the setup are beside it");
    }

    @Test
    void the_change_is_shown_as_a_diff() throws IOException {
        Path file =
                write(".pi/agent/settings.json", "{\n  \"theme\": \"dark\",\n  \"retry\": { \"enabled\": true }\n}\n");
        assertThat(setup(Agent.PI).plan(GATEWAY, "auto").diff())
                .containsSequence(
                        "--- " + file,
                        "+++ " + file,
                        "@@ -1,4 +1,6 @@",
                        " {",
                        "   \"theme\": \"dark\",",
                        "-  \"retry\": { \"enabled\": true }",
                        "+  \"retry\": { \"enabled\": false },",
                        "+  \"defaultProvider\": \"freerouter\",",
                        "+  \"defaultModel\": \"auto\"",
                        " }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}"})
    void a_record_that_names_no_file_is_told_and_the_copies_stay(String record) throws IOException {
        write(".claude/settings.json", "{ \"env\": {} }");
        setUp(Agent.CLAUDE);
        Path folder = home.resolve(".local/state/freerouter/setup/claude");
        Files.writeString(folder.resolve("record.json"), record);
        assertThatThrownBy(() -> undo(Agent.CLAUDE))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("record.json cannot be read: it names no file");
        assertThat(folder.resolve("before-settings.json")).hasContent("{ \"env\": {} }");
    }

    @Test
    void on_windows_files_are_in_the_users_profile() {
        UserEnvironment windows = new UserEnvironment(
                Map.of(
                        "USERPROFILE",
                        home.toString(),
                        "LocalAppData",
                        home.resolve("local").toString()),
                true);
        assertThat(windows.file(Agent.CLAUDE, "~/.claude/settings.json"))
                .isEqualTo(home.resolve(".claude/settings.json"));
        assertThat(windows.state()).isEqualTo(home.resolve("local"));
    }

    @Test
    void a_new_file_has_the_permissions_of_new_files_and_nothing_else_is_left() throws IOException {
        Path usual = Files.writeString(home.resolve("usual"), "");
        setUp(Agent.CODEX);
        Path file = home.resolve(".codex/config.toml");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_that_looks_like_a_temporary_one_stays() throws IOException {
        Path file = Files.createDirectories(home.resolve(".codex")).resolve(".config.toml.freerouter");
        Files.writeString(file, "mine");
        setUp(Agent.CODEX);
        assertThat(file).hasContent("mine");
    }
}
