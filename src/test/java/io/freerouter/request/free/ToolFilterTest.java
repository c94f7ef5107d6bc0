package io.freerouter.request.free;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import io.freerouter.request.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolFilterTest {
    private static final String FUNCTION = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
    private static final String HOSTED = "{\"type\":\"openrouter:web_search\"}";

    private static String rendered(String choice, String... tools) {
        String json = "{\"model\":\"m\",\"tool_choice\":" + choice + ",\"tools\":[" + String.join(",", tools)
                + "],\"messages\":[{}]}";
        return Requests.render(json, Requests.SILENT, "m");
    }

    private static String without(String choice, String... tools) {
        return rendered(choice, tools).replace("\"tool_choice\":" + choice + ",", "");
    }

    @Test
    void the_names_are_those_of_the_tools_that_are_left() {
        String tools = "[" + FUNCTION + "," + HOSTED
                + ",{\"type\":\"custom\",\"custom\":{\"x\":{\"name\":\"no\"},\"name\":\"c\"}},"
                + "{\"function\":{\"parameters\":{\"name\":\"no\"},\"n\\u0061me\":\"g\"}},{\"type\":\"function\",\"name\":\"flat\"},"
                + "{\"function\":{\"name\":7}},{\"function\":\"h\"},{\"type\":\"web\",\"name\":\"no\"}]";
        assertThat(Requests.read("{\"messages\":[{}],\"tools\":" + tools + "}").tools())
                .containsExactlyInAnyOrder("f", "c", "g", "flat");
    }

    @Test
    void without_tools_there_are_no_names() {
        assertThat(Requests.read("{\"messages\":[{}],\"tools\":null}").tools()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"web_search\"]", "{\"x\":\"web_search\"}", "7", "true"})
    void a_type_that_is_no_text_is_not_known_to_be_free(String type) {
        assertThat(rendered("\"auto\"", FUNCTION, "{\"type\":" + type + ",\"name\":\"g\"}"))
                .contains("[" + FUNCTION + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"web_search\"}",
                "{\"type\":null,\"name\":\"g\"}",
                "{\"google_search\":{}}",
                "{\"function\":\"g\"}"
            })
    void a_tool_that_does_not_say_what_it_is_is_not_known_to_be_free(String tool) {
        assertThat(rendered("\"auto\"", FUNCTION, tool)).contains("[" + FUNCTION + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"function\":{\"name\":\"g\"}}",
                "{\"type\":null,\"custom\":{\"name\":\"g\"}}",
                "{\"type\":\"function\",\"name\":\"g\"}"
            })
    void a_tool_that_the_caller_describes_stays(String tool) {
        assertThat(rendered("\"auto\"", FUNCTION, tool)).contains("[" + FUNCTION + "," + tool + "]");
    }

    @Test
    void a_function_by_the_name_of_a_hosted_tool_is_taken_for_that() {
        assertThat(rendered(
                        "\"auto\"", FUNCTION, "{\"type\":\"function\",\"function\":{\"name\":\"openrouter:fusion\"}}"))
                .contains("[" + FUNCTION + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"openrouter:web_search\"}",
                "{\"type\":\"web_search_preview\"}",
                "{\"type\":\"function\",\"function\":{\"name\":\"openrouter:web_search\"}}",
                "{\"function\":{\"name\":\"web_search\"}}",
                "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"openrouter:fusion\"}]}}"
            })
    void the_choice_of_a_tool_that_is_taken_out_goes_too(String choice) {
        assertThat(rendered(choice, FUNCTION, HOSTED))
                .doesNotContain("tool_choice")
                .contains(FUNCTION);
        assertThat(rendered(choice, HOSTED)).isEqualTo("{\"model\":\"m\",\"messages\":[{}]}");
    }

    @Test
    void the_choice_of_a_hosted_tool_goes_even_where_there_is_none() {
        assertThat(rendered(HOSTED, FUNCTION)).doesNotContain("tool_choice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"auto\"",
                "\"required\"",
                "null",
                "[1,{\"a\":[]}]",
                "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
                "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}"
            })
    void another_choice_stays(String choice) {
        assertThat(without(choice, FUNCTION, HOSTED)).isNotEqualTo(rendered(choice, FUNCTION, HOSTED));
    }

    private static String content(Dialect dialect) {
        return switch (dialect) {
            case CHAT, MESSAGES -> "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
            case COMPLETIONS -> "\"prompt\":\"Hi\"";
            case RESPONSES, EMBEDDINGS -> "\"input\":\"Hi\"";
        };
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void where_there_are_no_tools_nothing_is_said_about_them(Dialect dialect) {
        String plain = "{\"model\":\"m\",\"x\":1," + content(dialect) + "}";
        String about = "\"tool_choice\":\"auto\",\"parallel_tool_calls\":true,";
        for (String tools :
                List.of("\"tools\":[],", "\"tools\":[ ],", "\"tools\":null,", "\"tools\":[" + HOSTED + "],")) {
            for (String members : List.of(tools + about, about + tools, tools)) {
                String json = "{\"model\":\"m\"," + members + "\"x\":1," + content(dialect) + "}";
                assertThat(Requests.render(dialect, json, 0)).isEqualTo(plain);
                assertThat(Requests.read(dialect, json).needs().abilities()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[ ]", "null"})
    void the_same_goes_for_the_functions_of_older_chats(String functions) {
        String plain = "{\"model\":\"m\",\"messages\":[{}]}";
        assertThat(rendered("{\"model\":\"m\",\"functions\":" + functions
                        + ",\"function_call\":\"auto\",\"messages\":[{}]}"))
                .isEqualTo(plain);
        assertThat(rendered("{\"model\":\"m\",\"function_call\":\"none\",\"messages\":[{}],\"functions\":" + functions
                        + "}"))
                .isEqualTo(plain);
    }

    @Test
    void functions_of_older_chats_stay() {
        String json =
                "{\"model\":\"m\",\"functions\":[{\"name\":\"f\"},{\"name\":\"g\"}],\"function_call\":\"auto\",\"messages\":[{}]}";
        assertThat(rendered(json)).isEqualTo(json);
    }

    private static String rendered(String json) {
        return Requests.render(json, Requests.SILENT, "m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = "{\"type\":\"function\",\"function\":{\"name\":\"unknown\"}}")
    void a_choice_that_is_wrong_for_other_reasons_is_the_upstreams_to_judge(String choice) {
        assertThat(rendered(choice, FUNCTION)).contains(choice);
    }
}
