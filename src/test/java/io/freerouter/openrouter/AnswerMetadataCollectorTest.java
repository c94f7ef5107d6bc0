package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Dialect;
import io.freerouter.openrouter.json.ExactJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerMetadataCollectorTest {
    private static final Set<String> TOOLS = Set.of("clock", "get_weather");

    private static AnswerMetadata metadata(Set<String> tools, List<String> chunks) {
        AnswerMetadataCollector collector =
                new AnswerMetadataCollector(DialectFormats.of(Dialect.CHAT).answer(), tools);
        chunks.forEach(chunk -> collector.add(json(chunk)));
        collector.finish();
        return collector.metadata();
    }

    private static AnswerMetadata metadata(String... chunks) {
        return metadata(TOOLS, List.of(chunks));
    }

    private static boolean usable(String... chunks) {
        return metadata(chunks).usable();
    }

    private static JsonNode json(String text) {
        return ExactJson.object(text.replace('\'', '"')).orElseThrow();
    }

    private static String delta(String said) {
        return "{'choices':[{'index':0,'delta':{" + said + "}}]}";
    }

    private static String call(int index, String name, String arguments) {
        return delta("'tool_calls':[{'index':" + index + ",'function':{'name':'" + name + "','arguments':" + arguments
                + "}}]");
    }

    @Test
    void the_reasons_to_finish_are_kept_for_each_answer() {
        assertThat(metadata(
                                "{'choices':[{'index':1,'delta':{},'finish_reason':'length'}]}",
                                "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}")
                        .finishReasons())
                .containsExactly("stop", "length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "''", "'the model said: hello'", "'a_reason_that_is_longer_than_any_reason_there_is'"})
    void what_is_no_word_is_no_reason_to_finish(String reason) {
        assertThat(metadata("{'choices':[{'index':0,'finish_reason':" + reason + "}]}")
                        .finishReasons())
                .isEmpty();
    }

    @Test
    void the_provider_is_who_was_named_last() {
        assertThat(metadata("{'provider':'One'}", "{'provider':'Two'}", "{'provider':null}")
                        .provider())
                .contains("Two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{'name':'x'}", "''", "'   '", "'a\\nb'", "'Grüße'"})
    void what_is_no_name_of_a_provider_is_passed_over(String provider) {
        assertThat(metadata("{'provider':" + provider + "}").provider()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0000368, 0.0000368", "'''0.10''', 0.10", "1e-9, 1E-9", "-1, -1"})
    void the_cost_may_be_a_number_or_a_text(String json, BigDecimal cost) {
        assertThat(metadata("{'usage':{'cost':" + json + "}}").cost()).contains(cost);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "{}", "''", "'free'", "1e999999999", "'1e-999999999'"})
    void a_cost_that_cannot_be_read_is_none(String json) {
        assertThat(metadata("{'usage':{'cost':" + json + "}}").cost()).isEmpty();
    }

    @Test
    void only_the_cost_itself_counts() {
        assertThat(metadata("{'usage':{'cost_details':{'upstream_inference_cost':1}},'cost':2}")
                        .cost())
                .isEmpty();
    }

    @Test
    void tools_that_openrouter_runs_are_charged_for() {
        assertThat(metadata("{'usage':{'cost':0,'cost_details':{'server_tool_cost':0.02}}}")
                        .cost())
                .contains(new BigDecimal("0.02"));
        assertThat(metadata("{'usage':{'cost':0.03,'cost_details':{'server_tool_cost':0.02}}}")
                        .cost())
                .contains(new BigDecimal("0.03"));
        assertThat(metadata("{'usage':{'cost':0,'cost_details':{'server_tool_cost':null}}}")
                        .cost())
                .contains(BigDecimal.ZERO);
    }

    @Test
    void the_last_cost_counts() {
        assertThat(metadata("{'usage':{'cost':0}}", "{'usage':{'cost':2}}", "{'usage':{}}", "{'usage':null}")
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
        assertThat(metadata(Set.of(), List.of(call(0, "oven", "'{}'"))).usable())
                .isTrue();
        assertThat(metadata(Set.of(), List.of(call(0, "", "'{}'"))).usable()).isFalse();
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
        AnswerMetadataCollector collector =
                new AnswerMetadataCollector(DialectFormats.of(Dialect.CHAT).answer(), TOOLS);
        JsonNode much = json(call(0, "oven", "'" + "x".repeat(1 << 16) + "'"));
        for (int chunk = 0; chunk < 64; chunk++) {
            collector.add(much);
        }
        collector.finish();
        assertThat(collector.metadata().usable()).isTrue();
    }

    @Test
    void many_small_fragments_are_still_judged() {
        AnswerMetadataCollector collector =
                new AnswerMetadataCollector(DialectFormats.of(Dialect.CHAT).answer(), TOOLS);
        collector.add(json(call(0, "clock", "'['")));
        JsonNode fragment = json(delta("'tool_calls':[{'index':0,'function':{'arguments':'1,'}}]"));
        for (int chunk = 0; chunk < 100_000; chunk++) {
            collector.add(fragment);
        }
        collector.finish();
        assertThat(collector.metadata().usable()).isFalse();
    }

    @Test
    void very_many_calls_are_not_kept() {
        AnswerMetadataCollector collector =
                new AnswerMetadataCollector(DialectFormats.of(Dialect.CHAT).answer(), TOOLS);
        for (int call = 0; call < 100_000; call++) {
            collector.add(json(call(call, "oven", "''")));
        }
        collector.finish();
        assertThat(collector.metadata().usable()).isTrue();
    }
}
