package io.freerouter.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
    private static final String SETTINGS = """
            {
              "env": {
                "URL": "http://gateway",
                "KEY": "unused"
              },
              "permissions": { "mode": "default" }
            }
            """;

    private final JsonFormat json = new JsonFormat();

    private void assertRoundTrip(String before, String after, String settings) {
        assertThat(json.merge(before, settings)).isEqualTo(after);
        assertThat(json.merge(after, settings)).isEqualTo(after);
        assertThat(json.remove(after, before, settings))
                .isEqualTo(new SettingsFormat.Removal(before, java.util.List.of()));
    }

    @Test
    void an_empty_file_gets_the_settings_as_they_are_written() {
        assertThat(json.merge("", SETTINGS)).isEqualTo(SETTINGS);
        assertThat(json.merge(" \n", SETTINGS)).isEqualTo(SETTINGS);
        assertThat(json.isEmpty(json.remove(SETTINGS, "", SETTINGS).text())).isTrue();
    }

    @Test
    void an_empty_object_is_filled() {
        assertRoundTrip("{}\n", SETTINGS, SETTINGS);
    }

    @Test
    void what_is_there_stays_as_it_is_written() {
        assertRoundTrip("""
                // Mine.
                {
                    "theme":   "dark", // not light
                    "env": { "A": "1" /* one */ },
                    "list": [1,
                      2],
                    // "env": "no"
                }
                """, """
                // Mine.
                {
                    "theme":   "dark", // not light
                    "env": { "A": "1", /* one */ "URL": "http://gateway", "KEY": "unused" },
                    "list": [1,
                      2],
                    // "env": "no"
                    "permissions": { "mode": "default" },
                }
                """, SETTINGS);
    }

    @Test
    void new_entries_are_indented_as_the_file_is() {
        assertRoundTrip(
                "{\n\t\"theme\": \"dark\"\n}",
                "{\n\t\"theme\": \"dark\",\n\t\"env\": {\n\t\t\"URL\": \"http://gateway\",\n\t\t\"KEY\": \"unused\"\n\t},\n"
                        + "\t\"permissions\": { \"mode\": \"default\" }\n}",
                SETTINGS);
    }

    @Test
    void line_ends_of_windows_stay() {
        String before = "\uFEFF{\r\n  \"theme\": \"dark\"\r\n}\r\n";
        String after = json.merge(before, SETTINGS);
        assertThat(after.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertRoundTrip(before, after, SETTINGS);
    }

    @Test
    void a_file_in_one_line_stays_in_one_line() {
        assertRoundTrip(
                "{\"a\":1,\"env\":{\"URL\":\"x\"}}",
                "{\"a\":1,\"env\":{\"URL\":\"http://gateway\", \"KEY\": \"unused\"}, \"permissions\": {\"mode\":\"default\"}}",
                SETTINGS);
    }

    @Test
    void the_last_of_two_entries_with_one_name_counts() {
        assertThat(json.merge("{\"a\": 1, \"a\": 2}", "{\n  \"a\": 3\n}\n")).isEqualTo("{\"a\": 1, \"a\": 3}");
    }

    @Test
    void another_value_is_replaced_and_comes_back() {
        assertRoundTrip("{ \"a\": { \"deep\": [1, 2] } }", "{ \"a\": 3 }", "{ \"a\": 3 }");
        assertRoundTrip("{ \"a\": 3 }", "{ \"a\": { \"b\": 1 } }", "{ \"a\": { \"b\": 1 } }");
    }

    @Test
    void list_elements_with_an_id_stand_beside_others() {
        String settings =
                "{\n  \"models\": [\n    {\n      \"id\": \"auto\",\n      \"url\": \"here\"\n    }\n  ]\n}\n";
        assertRoundTrip(
                "{\n  \"models\": [\n    {\n      \"id\": \"other\"\n    }\n  ]\n}\n",
                "{\n  \"models\": [\n    {\n      \"id\": \"other\"\n    },\n    {\n      \"id\": \"auto\",\n"
                        + "      \"url\": \"here\"\n    }\n  ]\n}\n",
                settings);
        assertRoundTrip(
                "{\"models\": [{\"id\": \"auto\", \"url\": \"there\"}]}",
                "{\"models\": [{\"id\": \"auto\", \"url\": \"here\"}]}",
                settings);
    }

    @Test
    void only_our_part_is_taken_out_of_a_file_that_was_rewritten_since() {
        String before = "{ \"theme\": \"dark\", \"permissions\": { \"mode\": \"plan\" } }";
        String rewritten = """
                {
                  "permissions": { "mode": "default", "allow": ["Bash"] },
                  "env": { "KEY": "mine", "URL": "http://gateway", "MORE": "1" },
                  "theme": "light"
                }
                """;
        SettingsFormat.Removal removal = json.remove(rewritten, before, SETTINGS);
        assertThat(removal.text()).isEqualTo("""
                {
                  "permissions": { "mode": "plan", "allow": ["Bash"] },
                  "env": { "KEY": "mine", "MORE": "1" },
                  "theme": "light"
                }
                """);
        assertThat(removal.kept()).containsExactly("env.KEY");
    }

    @Test
    void comments_beside_our_part_stay_when_it_is_taken_out() {
        String text = """
                {
                  // first
                  "env": { "URL": "http://gateway", "KEY": "unused" }, // ours
                  // second
                  "a": 1, // third
                  "permissions": { "mode": "default" } // last
                }
                """;
        String rest = json.remove(text, "", SETTINGS).text();
        assertThat(rest).contains("// first", "// ours", "// second", "// third", "// last");
        assertThat(JsonText.parse(rest).root().children()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"a\"}",
                "{\"a\": }",
                "{\"a\": 1 \"b\": 2}",
                "{\"a\": 1}}",
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": 01}",
                "{\"a\": tru}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"b\nc\"}",
                "{\"a\": [1}",
                "{,}",
                "{\"a\": 1} /* open",
                "no"
            })
    void what_is_no_json_is_refused(String text) {
        assertThatThrownBy(() -> json.merge(text, SETTINGS))
                .isInstanceOf(UnreadableException.class)
                .hasMessageStartingWith("line ");
    }

    @Test
    void the_line_of_a_mistake_is_named() {
        assertThatThrownBy(() -> json.merge("{\n  \"a\": 1,\n  \"b\" 2\n}", SETTINGS))
                .hasMessage("line 3: ':' is missing");
    }

    @Test
    void thousands_of_levels_are_refused() {
        assertThatThrownBy(() -> json.merge("{\"a\":" + "[".repeat(100_000), SETTINGS))
                .isInstanceOf(UnreadableException.class);
    }

    @Test
    void long_texts_and_comments_are_read() {
        String text = "/*" + "a\n".repeat(100_000) + "*/{ \"a\": \"" + "b\\n".repeat(100_000) + "\" }";
        assertThat(json.remove(json.merge(text, SETTINGS), text, SETTINGS).text())
                .isEqualTo(text);
    }
}
