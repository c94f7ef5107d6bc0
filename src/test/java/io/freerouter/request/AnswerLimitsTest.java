package io.freerouter.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Dialect;
import io.freerouter.engine.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an answer may be: what the caller allows, or what the model gives, if that is less. */
class AnswerLimitsTest {
    private static String body(Dialect dialect, String members) {
        String content =
                switch (dialect) {
                    case CHAT, MESSAGES -> "'messages':[{'role':'user','content':'Hi'}]";
                    case COMPLETIONS -> "'prompt':'Hi'";
                    case RESPONSES, EMBEDDINGS -> "'input':'Hi'";
                };
        return "{'model':'m'," + members + content + "}";
    }

    /** What goes to a model that answers with so many tokens at most, without what is the same in every request. */
    private static String sent(Dialect dialect, String members, long output) {
        var request = Requests.read(dialect, body(dialect, members).replace('\'', '"'));
        String whole =
                Requests.render(request, "m", RequestBody.NOTHING, output).replace('"', '\'');
        String[] around = body(dialect, "%").split("%");
        assertThat(whole).startsWith(around[0]).endsWith(around[1]);
        return whole.substring(around[0].length(), whole.length() - around[1].length());
    }

    @ParameterizedTest
    @CsvSource({
        "CHAT, max_tokens",
        "CHAT, max_completion_tokens",
        "COMPLETIONS, max_tokens",
        "RESPONSES, max_output_tokens",
        "MESSAGES, max_tokens",
    })
    void a_limit_is_lowered_for_a_model_that_gives_less(Dialect dialect, String name) {
        String member = "'" + name + "' : %d,";
        assertThat(sent(dialect, member.formatted(128_000), 16_384)).isEqualTo(member.formatted(16_384));
        assertThat(sent(dialect, member.formatted(32_000), 1)).isEqualTo(member.formatted(1));
        assertThat(sent(dialect, member.formatted(32_000), 32_000)).isEqualTo(member.formatted(32_000));
        assertThat(sent(dialect, member.formatted(1), Long.MAX_VALUE)).isEqualTo(member.formatted(1));
    }

    @Test
    void of_two_limits_each_is_lowered() {
        String members = "'max_tokens':%d,'max_completion_tokens':%d,";
        assertThat(sent(Dialect.CHAT, members.formatted(32_000, 64_000), 8_192))
                .isEqualTo(members.formatted(8_192, 8_192));
        assertThat(sent(Dialect.CHAT, members.formatted(4_000, 64_000), 8_192))
                .isEqualTo(members.formatted(4_000, 8_192));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'max_tokens':null,", "'max_tokens':0,", "'max_tokens':-1,"})
    void what_limits_nothing_stays(String member) {
        assertThat(sent(Dialect.CHAT, member, 10)).isEqualTo(member);
    }

    @Test
    void a_limit_of_very_many_digits_is_lowered_too() {
        assertThat(sent(Dialect.CHAT, "'max_tokens':99999999999999999999,", 10)).isEqualTo("'max_tokens':10,");
    }

    @ParameterizedTest
    @CsvSource({
        "32000, 31999, 16384, 16384, 12288",
        "32000, 10000, 16384, 16384, 10000",
        "32000, 31999, 1366, 1366, 1025",
        "32000, 31999, 1365, 1365, 1024",
        "32000, 31999, 1025, 1025, 1024",
        "32000, 31999, 32000, 32000, 31999",
        "32000, 31999, 64000, 32000, 31999",
    })
    void thoughts_are_lowered_with_the_limit_and_stay_below_it(
            long limit, long budget, long output, long lowered, long thoughts) {
        String members = "'max_tokens':%d,'thinking':{'type':'enabled','budget_tokens':%d},";
        assertThat(sent(Dialect.MESSAGES, members.formatted(limit, budget), output))
                .isEqualTo(members.formatted(lowered, thoughts));
        String before = "'thinking':{'type':'enabled','budget_tokens':%d},'max_tokens':%d,";
        assertThat(sent(Dialect.MESSAGES, before.formatted(budget, limit), output))
                .isEqualTo(before.formatted(thoughts, lowered));
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGES, 'max_tokens', 'thinking', 'budget_tokens'",
        "CHAT, 'max_tokens', 'reasoning', 'max_tokens'",
        "CHAT, 'max_completion_tokens', 'reasoning', 'max_tokens'",
        "COMPLETIONS, 'max_tokens', 'reasoning', 'max_tokens'",
        "RESPONSES, 'max_output_tokens', 'reasoning', 'max_tokens'",
    })
    void thoughts_that_find_no_room_are_not_asked_for(Dialect dialect, String limit, String thoughts, String budget) {
        String limited = "'" + limit + "':%d,";
        String thinking = "'" + thoughts + "':{'" + budget + "':%d},";
        assertThat(sent(dialect, limited.formatted(32_000) + thinking.formatted(20_000), 1_024))
                .isEqualTo(limited.formatted(1_024));
        assertThat(sent(dialect, thinking.formatted(20_000) + limited.formatted(32_000), 1_024))
                .isEqualTo(limited.formatted(1_024));
        assertThat(sent(dialect, thinking.formatted(20_000) + limited.formatted(32_000), 16_384))
                .isEqualTo(thinking.formatted(12_288) + limited.formatted(16_384));
    }

    @ParameterizedTest
    @CsvSource({"20000, 16384, 12288", "15000, 16384, 15000", "16384, 16384, 12288"})
    void without_a_limit_thoughts_have_to_leave_room_for_an_answer(long budget, long output, long lowered) {
        String member = "'reasoning':{'exclude':true,'max_tokens':%d},";
        assertThat(sent(Dialect.CHAT, member.formatted(budget), output)).isEqualTo(member.formatted(lowered));
    }

    /** Also where thinking is interleaved with tools, because the models that answer are none of Anthropic's. */
    @ParameterizedTest
    @CsvSource({"8000, 127999, 65536, 6000", "8000, 8000, 65536, 6000", "8000, 7999, 65536, 7999"})
    void thoughts_stay_below_the_callers_own_limit(long limit, long budget, long output, long lowered) {
        String members = "'max_tokens':%d,'thinking':{'type':'enabled','budget_tokens':%d},";
        assertThat(sent(Dialect.MESSAGES, members.formatted(limit, budget), output))
                .isEqualTo(members.formatted(limit, lowered));
    }

    @ParameterizedTest
    @CsvSource({"500, 2000", "1000, 127999", "1024, 1024"})
    void thoughts_for_which_the_caller_leaves_no_room_are_not_asked_for(long limit, long budget) {
        String members = "'max_tokens':%d,'thinking':{'type':'enabled','budget_tokens':%d},".formatted(limit, budget);
        assertThat(sent(Dialect.MESSAGES, members, 16_384)).isEqualTo("'max_tokens':%d,".formatted(limit));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CHAT | max_tokens | 'thinking':{'type':'enabled','budget_tokens':%d},",
                "CHAT | max_tokens | 'thinking_budget':%d,",
                "CHAT | max_completion_tokens | 'reasoning':{'max_tokens':%d},",
                "COMPLETIONS | max_tokens | 'thinking':{'budget_tokens':%d},",
                "RESPONSES | max_output_tokens | 'thinking':{'type':'enabled','budget_tokens':%d},",
                "RESPONSES | max_output_tokens | 'reasoning':{'max_tokens':%d},",
                "MESSAGES | max_tokens | 'thinking_budget':%d,",
                "MESSAGES | max_tokens | 'reasoning':{'max_tokens':%d},"
            })
    void a_budget_has_several_names(Dialect dialect, String limit, String thoughts) {
        String limited = "'" + limit + "':%d,";
        assertThat(sent(dialect, limited.formatted(128_000) + thoughts.formatted(127_999), 65_536))
                .isEqualTo(limited.formatted(65_536) + thoughts.formatted(49_152));
        assertThat(sent(dialect, thoughts.formatted(127_999) + limited.formatted(128_000), 1_024))
                .isEqualTo(limited.formatted(1_024));
    }

    @Test
    void of_two_budgets_each_is_lowered() {
        String members = "'max_tokens':%d,'thinking':{'budget_tokens':%d},'thinking_budget':%d,";
        assertThat(sent(Dialect.CHAT, members.formatted(128_000, 2_000, 127_999), 65_536))
                .isEqualTo(members.formatted(65_536, 2_000, 49_152));
    }

    @Test
    void without_a_limit_the_answer_may_be_longer_than_its_thoughts() {
        var request = Requests.read(
                Dialect.CHAT,
                body(Dialect.CHAT, "'reasoning':{'max_tokens':32000},").replace('\'', '"'));
        assertThat(request.needs().size().outputTokens()).isEqualTo(32_001);
        var huge = Requests.read(
                Dialect.CHAT,
                body(Dialect.CHAT, "'reasoning':{'max_tokens':99999999999999999999},")
                        .replace('\'', '"'));
        assertThat(huge.needs().size().outputTokens()).isPositive();
    }

    @Test
    void thoughts_are_taken_out_beside_what_is_billed() {
        assertThat(sent(
                        Dialect.MESSAGES,
                        "'thinking':{'budget_tokens':9000},'service_tier':'auto','max_tokens':32000,'container':'c',",
                        1_000))
                .isEqualTo("'max_tokens':1000,");
    }
}
