package io.freerouter.contract;

import static io.freerouter.contract.Claude.says;
import static io.freerouter.contract.Claude.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelInfo;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Upstream.class)
class AnthropicTest {
    @TestHTTPResource("/")
    URI gateway;

    FakeOpenRouter upstream;

    private Claude claude;

    @BeforeEach
    void open() {
        claude = new Claude(gateway);
    }

    @AfterEach
    void close() {
        claude.close();
    }

    private void twoFailAndTheThird(AnswerScript answers) {
        upstream.script(Upstream.FIRST, CannedAnswers.refuses(429, "Too many requests"));
        upstream.script(Upstream.SECOND, CannedAnswers.errorInside200());
        upstream.script(Upstream.THIRD, answers);
    }

    private static MessageCreateParams.Builder asks(String text) {
        Tool.InputSchema schema = Tool.InputSchema.builder()
                .putAdditionalProperty("properties", JsonValue.from(Map.of("zone", Map.of("type", "string"))))
                .build();
        return says(text)
                .addTool(Tool.builder().name("clock").inputSchema(schema).build());
    }

    @Test
    void a_message_is_answered() {
        upstream.script(Upstream.FIRST, CannedAnswers.answers("Hello there"));
        Message answer = claude.message(says("hi"));
        assertThat(text(answer)).isEqualTo("Hello there");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void a_stream_with_a_tool_call_comes_from_the_third_model_when_two_fail_before_a_token() {
        twoFailAndTheThird(CannedTestAnswers.callsToolAfter("Let me see.", "clock", "{\"zone\":\"Europe/Zürich\"}"));
        Message answer = claude.accumulate(asks("What time is it?"));
        assertThat(text(answer)).isEqualTo("Let me see.");
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        ToolUseBlock call = answer.content().get(1).asToolUse();
        assertThat(call.name()).isEqualTo("clock");
        assertThat(call._input().convert(Map.class)).isEqualTo(Map.of("zone", "Europe/Zürich"));
        assertThat(upstream.asked()).containsExactly(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @Test
    void a_whole_answer_with_a_tool_call_comes_from_the_third_model_when_two_fail() {
        twoFailAndTheThird(CannedAnswers.callsTool("clock", "{}"));
        Message answer = claude.message(asks("What time is it in all?"));
        assertThat(answer.content().get(0).asToolUse().name()).isEqualTo("clock");
    }

    @Test
    void thoughts_come_in_blocks_of_their_own() {
        upstream.script(Upstream.FIRST, CannedAnswers.reasons("Hm.", "Yes"));
        Message answer = claude.accumulate(says("hi"));
        assertThat(answer.content().get(0).asThinking().thinking()).isEqualTo("Hm.");
        assertThat(text(answer)).isEqualTo("Yes");
    }

    @Test
    void a_stream_that_breaks_off_throws_after_what_had_come() {
        upstream.script(Upstream.FIRST, CannedAnswers.breaksAfter("once upon a"));
        List<String> words = new ArrayList<>();
        assertThatExceptionOfType(AnthropicException.class)
                .isThrownBy(() -> claude.stream(says("a tale"), event -> event.contentBlockDelta()
                        .flatMap(delta -> delta.delta().text())
                        .ifPresent(text -> words.add(text.text()))))
                .withMessageContaining("broke off");
        assertThat(words).containsExactly("once ", "upon ", "a");
    }

    @Test
    void a_request_that_cannot_be_read_is_a_bad_request() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> claude.message(says("hi").putAdditionalBodyProperty("tools", JsonValue.from(1))))
                .satisfies(refused -> assertThat(refused.errorType()).contains(ErrorType.INVALID_REQUEST_ERROR));
    }

    @Test
    void a_round_of_failures_is_not_tried_again() {
        upstream.script(Upstream.FIRST, CannedTestAnswers.serverError(500));
        upstream.script(Upstream.SECOND, CannedTestAnswers.serverError(500));
        upstream.script(Upstream.THIRD, CannedTestAnswers.serverError(500));
        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(() -> claude.message(says("hi")))
                .satisfies(failed -> assertThat(failed.errorType()).contains(ErrorType.API_ERROR));
        assertThat(upstream.asked()).hasSize(3);
    }

    @Test
    void tokens_are_counted_without_asking_anybody() {
        MessageCountTokensParams params = MessageCountTokensParams.builder()
                .model("claude-sonnet-4-5")
                .addUserMessage("x".repeat(4_000))
                .build();
        assertThat(claude.client().messages().countTokens(params).inputTokens()).isBetween(900L, 1_100L);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void models_are_listed_as_anthropics_are() {
        List<ModelInfo> models = claude.client().models().list().data();
        assertThat(models).extracting(ModelInfo::id).contains("auto", Upstream.FIRST);
        assertThat(claude.client().models().retrieve(Upstream.FIRST).id()).isEqualTo(Upstream.FIRST);
    }
}
