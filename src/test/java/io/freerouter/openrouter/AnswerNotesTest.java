package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.Findings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerNotesTest {
    private static final Set<String> TOOLS = Set.of("clock", "get_weather");

    private static Findings findings(Set<String> tools, List<String> chunks) {
        AnswerNotes notes = new AnswerNotes(Grammar.of(Dialect.CHAT), tools);
        chunks.forEach(chunk -> notes.add(json(chunk)));
        notes.finish();
        return notes.findings();
    }

    private static Findings findings(String... chunks) {
        return findings(TOOLS, List.of(chunks));
    }

    private static boolean usable(String... chunks) {
        return findings(chunks).usable();
    }

    private static JsonNode json(String text) {
        return Json.object(text.replace('\'', '"')).orElseThrow();
    }

    private static String delta(String said) {
        return "{'choices':[{'index':0,'delta':{" + said + "}}]}";
    }

    private static String call(int index, String name, String arguments) {
        return delta("'tool_calls':[{'index':" + index + ",'function':{'name':'" + name + "','arguments':" + arguments
                + "}}]");
    }

    @Test
    void the_provider_is_who_was_named_last() {
        assertThat(findings("{'provider':'One'}", "{'provider':'Two'}", "{'provider':null}")
                        .provider())
                .contains("Two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{'name':'x'}", "''", "'   '", "'a\\nb'", "'Grüße'"})
    void what_is_no_name_of_a_provider_is_passed_over(String provider) {
        assertThat(findings("{'provider':" + provider + "}").provider()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0000368, 0.0000368", "'''0.10''', 0.10", "1e-9, 1E-9", "-1, -1"})
    void the_cost_may_be_a_number_or_a_text(String json, BigDecimal cost) {
        assertThat(findings("{'usage':{'cost':" + json + "}}").cost()).contains(cost);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "{}", "''", "'free'", "1e999999999", "'1e-999999999'"})
    void a_cost_that_cannot_be_read_is_none(String json) {
        assertThat(findings("{'usage':{'cost':" + json + "}}").cost()).isEmpty();
    }

    @Test
    void only_the_cost_itself_counts() {
        assertThat(findings("{'usage':{'cost_details':{'upstream_inference_cost':1}},'cost':2}")
                        .cost())
                .isEmpty();
    }

    @Test
    void the_last_cost_counts() {
        assertThat(findings("{'usage':{'cost':0}}", "{'usage':{'cost':2}}", "{'usage':{}}", "{'usage':null}")
                        .charge())
                .contains(BigDecimal.valueOf(2));
    }

    @Test
    void an_answer_without_tool_calls_is_usable() {
        assertThat(usable(delta("'content':'Hi'"))).isTrue();
    }

    @Test
    void arguments_come_in_fragments() {
        String first = call(0, "clock", "'{'");
        String rest = delta("'tool_calls':[{'index':0,'function':{'arguments':'}'}}]");
        assertThat(usable(first, rest)).isTrue();
        assertThat(usable(first)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "null", "'  '", "'{}'", "{}", "'[1]'", "'7'"})
    void arguments_in_json_are_usable_and_so_are_none(String arguments) {
        assertThat(usable(call(0, "clock", arguments))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'{'", "'{}{}'", "'now'", "'{} x'", "'7.5e'"})
    void other_arguments_are_not(String arguments) {
        assertThat(usable(call(0, "clock", arguments))).isFalse();
    }

    @Test
    void a_tool_that_nobody_has_is_not_usable() {
        assertThat(usable(call(0, "oven", "'{}'"))).isFalse();
    }

    @Test
    void without_tools_any_name_will_do_but_none() {
        assertThat(findings(Set.of(), List.of(call(0, "oven", "'{}'"))).usable())
                .isTrue();
        assertThat(findings(Set.of(), List.of(call(0, "", "'{}'"))).usable()).isFalse();
    }

    @Test
    void a_name_may_come_in_fragments_or_again_and_again() {
        assertThat(usable(call(0, "get_", "''"), call(0, "weather", "''"))).isTrue();
        assertThat(usable(call(0, "clock", "'{'"), call(0, "clock", "'}'"))).isTrue();
    }

    @Test
    void calls_are_told_apart_by_their_index_and_their_choice() {
        assertThat(usable(call(0, "clock", "'{}'"), call(1, "get_weather", "'{}'")))
                .isTrue();
        assertThat(usable(call(0, "clock", "'{}'"), call(1, "oven", "'{}'"))).isFalse();
        assertThat(usable(
                        call(0, "clock", "'{}'"),
                        call(0, "clock", "'{}'").replace("'index':0,'delta'", "'index':1,'delta'")))
                .isTrue();
    }

    @Test
    void calls_without_an_index_are_told_apart_by_their_place() {
        assertThat(usable("{'choices':[{'message':{'tool_calls':["
                        + "{'function':{'name':'clock','arguments':'{}'}},"
                        + "{'function':{'name':'get_weather','arguments':'{}'}}]}}]}"))
                .isTrue();
    }

    @Test
    void one_call_that_is_not_usable_is_enough() {
        assertThat(usable(call(0, "clock", "'{}'"), call(1, "clock", "'{'"))).isFalse();
    }

    @Test
    void the_older_form_is_judged_alike() {
        String begun = delta("'function_call':{'name':'clock','arguments':'{'}");
        assertThat(usable(begun, delta("'function_call':{'arguments':'}'}"))).isTrue();
        assertThat(usable(begun)).isFalse();
        assertThat(usable(delta("'function_call':{'name':'oven'}"))).isFalse();
    }

    @Test
    void a_custom_tool_takes_any_text() {
        assertThat(usable(delta("'tool_calls':[{'index':0,'type':'custom','custom':{'name':'clock','input':'now'}}]")))
                .isTrue();
    }

    @Test
    void a_call_of_nothing_is_not_usable() {
        assertThat(usable(delta("'tool_calls':[{'index':0}]"))).isFalse();
    }

    @Test
    void beyond_the_bound_nothing_is_judged_any_more() {
        AnswerNotes notes = new AnswerNotes(Grammar.of(Dialect.CHAT), TOOLS);
        JsonNode much = json(call(0, "oven", "'" + "x".repeat(1 << 16) + "'"));
        for (int chunk = 0; chunk < 16; chunk++) {
            notes.add(much);
        }
        notes.finish();
        assertThat(notes.findings().usable()).isTrue();
    }

    @Test
    void many_small_fragments_are_still_judged() {
        AnswerNotes notes = new AnswerNotes(Grammar.of(Dialect.CHAT), TOOLS);
        notes.add(json(call(0, "clock", "'['")));
        JsonNode fragment = json(delta("'tool_calls':[{'index':0,'function':{'arguments':'1,'}}]"));
        for (int chunk = 0; chunk < 100_000; chunk++) {
            notes.add(fragment);
        }
        notes.finish();
        assertThat(notes.findings().usable()).isFalse();
    }

    @Test
    void very_many_calls_are_not_kept() {
        AnswerNotes notes = new AnswerNotes(Grammar.of(Dialect.CHAT), TOOLS);
        for (int call = 0; call < 100_000; call++) {
            notes.add(json(call(call, "oven", "''")));
        }
        notes.finish();
        assertThat(notes.findings().usable()).isTrue();
    }
}
