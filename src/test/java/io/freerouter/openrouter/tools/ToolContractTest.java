package io.freerouter.openrouter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.dialect.DialectFormats;
import io.freerouter.engine.Dialect;
import io.freerouter.engine.ToolDeclarations;
import io.freerouter.openrouter.tools.ToolContract.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolContractTest {
    private static final String CHAT_TOOLS = """
            [{'type':'function','function':{'name':'read','parameters':{'type':'object','required':['path'],
              'properties':{'path':{'type':'string'},'lines':{'type':'integer'}}}}},
             {'type':'function','function':{'name':'list'}},
             {'type':'custom','custom':{'name':'patch'}},
             {'type':'function','function':{'name':'billed'}}]""";
    private static final String RESPONSES_TOOLS = """
            [{'type':'function','name':'read','parameters':{'type':'object','required':['path']}},
             {'type':'function','name':'list'},{'type':'custom','name':'patch'}]""";
    private static final String MESSAGES_TOOLS = """
            [{'name':'read','input_schema':{'type':'object','required':['path']}},{'name':'list'},
             {'type':'bash_20250124','name':'bash'}]""";

    private static final Set<String> NAMES = Set.of("read", "list", "patch", "bash");
    private static final String GOOD = "{\"path\":\"a\"}";

    private static ToolContract contract(Dialect dialect, String tools, String choice) {
        return new ToolContract(
                DialectFormats.of(dialect).tools().orElseThrow(),
                new ToolDeclarations(tools.replace('\'', '"'), choice.replace('\'', '"')),
                NAMES,
                false);
    }

    private static ToolCall call(int index, String name, String arguments) {
        return new ToolCall(0, index, "id" + index, name, arguments, false);
    }

    private static Decision chat(String choice, ToolCall... calls) {
        return contract(Dialect.CHAT, CHAT_TOOLS, choice)
                .check(List.of(calls), Map.of(0, "stop"), false)
                .decision();
    }

    @Test
    void a_declared_tool_with_fitting_arguments_is_sound() {
        assertThat(chat("", call(0, "read", GOOD), call(1, "list", "{}"), call(2, "patch", "*** any text")))
                .isEqualTo(Decision.HAND_ON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "write|{\"path\":\"a\"}",
                "billed|{}",
                "``|{\"path\":\"a\"}",
                "read|{}",
                "read|{\"path\":7}",
                "read|{\"path\":\"a\",\"lines\":\"7\"}",
                "read|[\"a\"]",
                "read|path=a",
                "read|{\"path\":\"a",
                "read|``",
                "read|null"
            })
    void a_call_that_cannot_be_carried_out_is_refused(String name, String arguments) {
        assertThat(chat("", call(0, name, arguments))).isEqualTo(Decision.REFUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void a_tool_that_needs_no_arguments_gets_an_empty_object(String arguments) {
        ToolContract.Check check =
                contract(Dialect.CHAT, CHAT_TOOLS, "").check(List.of(call(0, "list", arguments)), Map.of(), false);
        assertThat(check.decision()).isEqualTo(Decision.REPAIR);
        assertThat(check.repairs()).containsExactly(Optional.of("{}"));
    }

    @Test
    void one_bad_call_among_good_calls_decides() {
        assertThat(chat("", call(0, "read", GOOD), call(1, "read", "{}"))).isEqualTo(Decision.REFUSE);
        assertThat(chat("", call(0, "read", GOOD), call(1, "read", "{\"path\":\"a\"")))
                .isEqualTo(Decision.REPAIR_BY_GUESS);
        assertThat(chat("", call(0, "read", GOOD + ","), call(1, "read", "{\"path\":\"a\",}")))
                .isEqualTo(Decision.REFUSE);
    }

    @Test
    void two_calls_must_not_share_an_id() {
        ToolCall first = new ToolCall(0, 0, "same", "list", "{}", false);
        ToolCall second = new ToolCall(0, 1, "same", "list", "{}", false);
        assertThat(chat("", first, second)).isEqualTo(Decision.REFUSE);
        ToolCall other = new ToolCall(1, 0, "same", "list", "{}", false);
        assertThat(chat("", first, other)).isEqualTo(Decision.HAND_ON);
        ToolCall nameless = new ToolCall(0, 1, "", "list", "{}", false);
        assertThat(chat("", nameless, new ToolCall(0, 2, "", "list", "{}", false)))
                .isEqualTo(Decision.HAND_ON);
    }

    @Test
    void arguments_that_are_an_object_become_a_text_where_clients_expect_one() {
        ToolCall object = new ToolCall(0, 0, "id", "read", GOOD, true);
        assertThat(chat("", object)).isEqualTo(Decision.REPAIR);
        assertThat(contract(Dialect.MESSAGES, MESSAGES_TOOLS, "")
                        .check(List.of(object), Map.of(), false)
                        .decision())
                .isEqualTo(Decision.HAND_ON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'auto'|HAND_ON|HAND_ON",
                "'none'|HAND_ON|REFUSE",
                "'required'|REFUSE|HAND_ON",
                "{'type':'function','function':{'name':'list'}}|REFUSE|HAND_ON",
                "{'type':'function','function':{'name':'read'}}|REFUSE|REFUSE",
                "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'list'}}]}}|HAND_ON|HAND_ON",
                "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'read'}}]}}|REFUSE|REFUSE",
                "{'what':'ever'}|HAND_ON|HAND_ON"
            })
    void the_choice_of_a_chat_is_obeyed(String choice, Decision withoutCall, Decision withList) {
        assertThat(chat(choice)).isEqualTo(withoutCall);
        assertThat(chat(choice, call(0, "list", "{}"))).isEqualTo(withList);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'required'|REFUSE|HAND_ON",
                "{'type':'function','name':'read'}|REFUSE|REFUSE",
                "{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'list'}]}|REFUSE|HAND_ON"
            })
    void the_choice_of_a_response_is_obeyed(String choice, Decision withoutCall, Decision withList) {
        ToolContract contract = contract(Dialect.RESPONSES, RESPONSES_TOOLS, choice);
        assertThat(contract.check(List.of(), Map.of(0, "completed"), false).decision())
                .isEqualTo(withoutCall);
        assertThat(contract.check(List.of(call(0, "list", "{}")), Map.of(0, "completed"), false)
                        .decision())
                .isEqualTo(withList);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'auto'}|HAND_ON|HAND_ON",
                "{'type':'none'}|HAND_ON|REFUSE",
                "{'type':'any'}|REFUSE|HAND_ON",
                "{'type':'tool','name':'list'}|REFUSE|HAND_ON",
                "{'type':'tool','name':'read'}|REFUSE|REFUSE"
            })
    void the_choice_of_a_message_is_obeyed(String choice, Decision withoutCall, Decision withList) {
        ToolContract contract = contract(Dialect.MESSAGES, MESSAGES_TOOLS, choice);
        assertThat(contract.check(List.of(), Map.of(0, "end_turn"), false).decision())
                .isEqualTo(withoutCall);
        assertThat(contract.check(List.of(call(0, "list", "")), Map.of(0, "tool_use"), false)
                        .decision())
                .isEqualTo(withList);
    }

    @Test
    void a_tool_that_the_upstream_defines_has_no_schema() {
        assertThat(contract(Dialect.MESSAGES, MESSAGES_TOOLS, "")
                        .check(List.of(call(0, "bash", "{\"command\":\"ls\"}")), Map.of(0, "tool_use"), false)
                        .decision())
                .isEqualTo(Decision.HAND_ON);
    }

    @Test
    void a_call_of_a_tool_without_a_name_cannot_be_missed() {
        ToolContract contract = contract(Dialect.RESPONSES, "[{'type':'local_shell'}]", "'required'");
        assertThat(contract.check(List.of(), Map.of(0, "completed"), false).decision())
                .isEqualTo(Decision.HAND_ON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tool_calls", "function_call"})
    void an_answer_that_promises_calls_has_calls(String reason) {
        ToolContract contract = contract(Dialect.CHAT, CHAT_TOOLS, "");
        assertThat(contract.check(List.of(), Map.of(0, reason), false).decision())
                .isEqualTo(Decision.REFUSE);
        assertThat(contract.check(List.of(call(0, "list", "{}")), Map.of(0, reason), false)
                        .decision())
                .isEqualTo(Decision.HAND_ON);
        assertThat(contract.check(List.of(call(0, "list", "{}")), Map.of(0, reason, 1, reason), false)
                        .decision())
                .isEqualTo(Decision.REFUSE);
    }

    @Test
    void an_answer_at_its_limit_may_be_cut() {
        assertThat(contract(Dialect.CHAT, CHAT_TOOLS, "")
                        .check(List.of(call(0, "read", "{\"pa")), Map.of(0, "length"), true)
                        .decision())
                .isEqualTo(Decision.HAND_ON);
    }
}
