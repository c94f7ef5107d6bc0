package io.freerouter.openrouter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.openrouter.tools.ArgumentsRepair.Repaired;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsRepairTest {
    private static Optional<Repaired> repair(String arguments) {
        return new ArgumentsRepair(object -> object.path("a").isTextual()).repair(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x\",}",
                "{\"a\":\"x\"\n,\n}",
                "\"{\\\"a\\\":\\\"x\\\"}\"",
                "\"\\\"{\\\\\\\"a\\\\\\\":\\\\\\\"x\\\\\\\"}\\\"\"",
                "```json\n{\"a\":\"x\"}\n```",
                "```\n{\"a\":\"x\",}\n```",
                " \n{\"a\":\"x\"}\n"
            })
    void what_can_mean_one_thing_only_is_repaired(String arguments) {
        Repaired repaired = repair(arguments).orElseThrow();
        assertThat(repaired.certain()).isTrue();
        assertThat(ExactJson.tree(repaired.json())).isEqualTo(ExactJson.tree("{\"a\":\"x\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"x\"", "{\"a\":\"x\",", "{\"a\":\"x\",\"b\":[{\"c\":true"})
    void missing_closing_brackets_are_a_guess(String arguments) {
        Repaired repaired = repair(arguments).orElseThrow();
        assertThat(repaired.certain()).isFalse();
        assertThat(ExactJson.tree(repaired.json()).path("a").asText()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x",
                "{\"a\":\"x\",\"b\":1",
                "{\"a\":\"x\"}}",
                "{\"a\":\"x\",\"b\":[1}",
                "{\"a\":\"x\",\"b\"",
                "{\"a\":\"x\",\"b\":",
                "{a:\"x\"}",
                "{'a':'x'}",
                "{\"b\":\"x\"}",
                "{\"a\":7,}",
                "a=x",
                "[\"a\",\"x\"]",
                "{\"a\":\"x\"}{\"a\":\"x\"}",
                "null",
                "\"null\"",
                "7",
                "```json\n{\"a\":\"x\"",
                ""
            })
    void what_may_mean_several_things_is_left_alone(String arguments) {
        assertThat(repair(arguments)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", " null ", "\"null\""})
    void null_is_no_arguments_if_none_are_needed(String arguments) {
        assertThat(new ArgumentsRepair(object -> true).repair(arguments)).contains(new Repaired("{}", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t"})
    void control_characters_in_a_string_are_escaped(String control) {
        Repaired repaired =
                repair("{\"a\":\"one" + control + "two \\\" three\",\n}").orElseThrow();
        assertThat(repaired.certain()).isTrue();
        assertThat(ExactJson.tree(repaired.json()).path("a").asText()).isEqualTo("one" + control + "two \" three");
    }
}
