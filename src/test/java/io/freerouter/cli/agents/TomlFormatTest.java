package io.freerouter.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlFormatTest {
    private static final String SETTINGS = """
            model = "auto"
            window = 128000

            [providers.ours]
            name = "FreeRouter"
            retries = 0
            """;

    private final TomlFormat toml = new TomlFormat();

    private void assertRoundTrip(String before, String after) {
        assertThat(toml.merge(before, SETTINGS)).isEqualTo(after);
        assertThat(toml.merge(after, SETTINGS)).isEqualTo(after);
        SettingsFormat.Removal removal = toml.remove(after, before, SETTINGS);
        assertThat(removal.text().strip()).isEqualTo(before.strip());
        assertThat(removal.kept()).isEmpty();
    }

    @Test
    void an_empty_file_gets_the_settings_as_they_are_written() {
        assertThat(toml.merge("", SETTINGS)).isEqualTo(SETTINGS);
        assertThat(toml.isEmpty(toml.remove(SETTINGS, "", SETTINGS).text())).isTrue();
    }

    @Test
    void what_is_there_stays_as_it_is_written() {
        assertRoundTrip("""
                # Mine.
                model   = 'other'  # a comment
                notes = \"\"\"
                [providers.ours]
                window = 1
                \"\"\"
                list = [ 1, # one
                  2 ]

                [providers.theirs] # a comment
                name = "Theirs"
                """, """
                # Mine.
                model   = "auto"  # a comment
                notes = \"\"\"
                [providers.ours]
                window = 1
                \"\"\"
                list = [ 1, # one
                  2 ]
                window = 128000

                [providers.theirs] # a comment
                name = "Theirs"

                [providers.ours]
                name = "FreeRouter"
                retries = 0
                """);
    }

    @Test
    void a_file_of_tables_gets_single_values_before_them() {
        assertRoundTrip("[tui]\ntheme = \"x\"", """
                model = "auto"
                window = 128000

                [tui]
                theme = "x"

                [providers.ours]
                name = "FreeRouter"
                retries = 0
                """);
    }

    @Test
    void a_table_of_ours_is_completed() {
        assertRoundTrip("model = \"auto\"\nwindow = 1\n\n[providers.\"ours\"]\nname = \"Old\"\n\n[z]\n", """
                model = "auto"
                window = 128000

                [providers."ours"]
                name = "FreeRouter"
                retries = 0

                [z]
                """);
    }

    @Test
    void line_ends_of_windows_stay() {
        String before = "# Mine.\r\nmodel = \"x\"\r\n[t]\r\na = 1\r\n";
        String after = toml.merge(before, SETTINGS);
        assertThat(after.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertRoundTrip(before, after);
    }

    @Test
    void arrays_of_tables_may_repeat_their_keys() {
        String before = "[[server]]\nname = 1\n[server.more]\na = 1\n[[server]]\nname = 2\n[server.more]\na = 2\n";
        assertThat(toml.merge(before, SETTINGS)).contains(before);
    }

    @Test
    void only_our_part_is_taken_out_of_a_file_that_was_changed_since() {
        String before = "model = \"mine\"\n";
        String changed = """
                window = 64000
                model = "auto"
                [providers.ours]
                retries = 0
                extra = 1
                name = "FreeRouter"
                """;
        assertThat(toml.remove(changed, before, SETTINGS))
                .isEqualTo(new SettingsFormat.Removal("""
                        window = 64000
                        model = "mine"
                        [providers.ours]
                        extra = 1
                        """, List.of("window")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model",
                "model = ",
                "model = x",
                "model = \"x",
                "model = \"x\" y",
                "[a",
                "[a]\n[a]\n",
                "a = 1\na = 2\n",
                "a = [1, 2",
                "a = { b = 1",
                "= 1"
            })
    void what_is_no_toml_is_refused(String text) {
        assertThatThrownBy(() -> toml.merge(text, SETTINGS))
                .isInstanceOf(UnreadableException.class)
                .hasMessageStartingWith("line ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers = { theirs = { name = \"x\" } }",
                "providers.ours = { name = \"x\" }",
                "providers.ours.name = \"x\"",
                "[providers]\nours = { name = \"x\" }",
                "[[providers.ours]]\nname = \"x\""
            })
    void a_form_that_a_table_cannot_be_added_to_is_refused(String text) {
        assertThatThrownBy(() -> toml.merge(text, SETTINGS)).isInstanceOf(UnreadableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1979-05-27 07:32:00Z",
                "a = 07:32:00.5",
                "a = +1_000.5e-3",
                "a = -inf",
                "a = 0xDEAD_beef",
                "a.\"b c\".'d' = '''x'y'''",
                "a = \"\"\"x\"y\\\"\"\"\"",
                "a = \"\"\"x\"\"y\"\"\"\"\"",
                "a = \"\"\"\"x\"\"\"\"",
                "a = { b = [ { c = true } ], d = \"#\" } # end",
                "\uFEFFa = false"
            })
    void every_value_of_toml_is_read(String text) {
        assertThat(toml.merge(text, SETTINGS)).contains(text.replace("\uFEFF", ""));
    }

    @Test
    void long_texts_are_read() {
        String text = "a = \"\"\"" + "b \\\" c\n".repeat(100_000) + "\"\"\"\nd = '''" + "e\n".repeat(100_000) + "'''\n";
        assertThat(toml.merge("x = 1\n" + text, SETTINGS)).contains(text);
    }
}
