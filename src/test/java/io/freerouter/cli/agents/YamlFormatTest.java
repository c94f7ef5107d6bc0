package io.freerouter.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freerouter.cli.agents.SettingsFormat.UnreadableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFormatTest {
    private static final String SETTINGS = """
            name: FreeRouter
            schema: v1
            models:
              - name: Free models
                url: http://gateway
                roles: [chat, edit]
            """;

    private final YamlFormat yaml = new YamlFormat();

    private void assertRoundTrip(String before, String after) {
        assertThat(yaml.merge(before, SETTINGS)).isEqualTo(after);
        assertThat(yaml.merge(after, SETTINGS)).isEqualTo(after);
        SettingsFormat.Removal removal = yaml.remove(after, before, SETTINGS);
        assertThat(removal.text().strip()).isEqualTo(before.strip());
        assertThat(removal.kept()).isEmpty();
    }

    @Test
    void an_empty_file_gets_the_settings_as_they_are_written() {
        assertThat(yaml.merge("", SETTINGS)).isEqualTo(SETTINGS);
        assertThat(yaml.isEmpty(yaml.remove(SETTINGS, "", SETTINGS).text())).isTrue();
    }

    @Test
    void ours_is_the_first_of_the_models_and_the_rest_stays() {
        assertRoundTrip("""
                # Mine.
                name: Mine
                schema: v1

                models: # of mine
                    # the best
                    - name: Other
                      roles:
                          - chat

                    - name: Third
                rules:
                - "a: b"
                prompt: |
                  no: key
                """, """
                # Mine.
                name: Mine
                schema: v1

                models: # of mine
                    - name: Free models
                      url: http://gateway
                      roles: [chat, edit]
                    # the best
                    - name: Other
                      roles:
                          - chat

                    - name: Third
                rules:
                - "a: b"
                prompt: |
                  no: key
                """);
    }

    @Test
    void what_is_missing_goes_to_the_end() {
        assertRoundTrip("name: Mine", """
                name: Mine
                schema: v1
                models:
                  - name: Free models
                    url: http://gateway
                    roles: [chat, edit]
                """);
    }

    @Test
    void a_model_of_the_same_name_is_replaced_and_comes_back() {
        assertRoundTrip(
                "name: A\nschema: v1\nmodels:\n- name: B\n- url: http://other\n  name: Free models\n- name: C\n",
                "name: A\nschema: v1\nmodels:\n- name: B\n- name: Free models\n  url: http://gateway\n"
                        + "  roles: [chat, edit]\n- name: C\n");
    }

    @Test
    void an_empty_list_is_filled() {
        assertRoundTrip(
                "name: A\nschema: v1\nmodels: []\nrules: [x]\n",
                "name: A\nschema: v1\nmodels:\n  - name: Free models\n    url: http://gateway\n    roles: [chat, edit]\n"
                        + "rules: [x]\n");
    }

    @Test
    void line_ends_of_windows_stay() {
        String before = "name: A\r\nschema: v1\r\nmodels:\r\n  - name: B\r\n";
        String after = yaml.merge(before, SETTINGS);
        assertThat(after.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertRoundTrip(before, after);
    }

    @Test
    void a_model_that_was_changed_since_stays() {
        String changed = SETTINGS.replace("http://gateway", "http://mine");
        assertThat(yaml.remove(changed, "name: A\nschema: v1\n", SETTINGS))
                .isEqualTo(new SettingsFormat.Removal(changed, List.of("models.Free models")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: A\nname: B\n",
                "name: A\n\tb: c\n",
                "just words\n",
                "- name: A\n",
                "models: [{name: A}]\n",
                "models: &anchor\n  - name: A\n",
                "name: A\n---\nname: B\n"
            })
    void what_cannot_be_changed_safely_is_refused(String text) {
        assertThatThrownBy(() -> yaml.merge(text, SETTINGS))
                .isInstanceOf(UnreadableException.class)
                .hasMessageStartingWith("line ");
    }
}
