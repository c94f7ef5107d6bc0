package io.freerouter.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Upstream.class)
class LangChainTest {
    private static final ToolSpecification CLOCK = ToolSpecification.builder()
            .name("clock")
            .parameters(JsonObjectSchema.builder().addStringProperty("zone").build())
            .build();
    private static final UserMessage QUESTION = UserMessage.from("What time is it?");
    private static final String ARGUMENTS = "{\"zone\":\"UTC\"}";

    @TestHTTPResource("/v1")
    URI gateway;

    FakeOpenRouter upstream;

    private ChatModel model() {
        return OpenAiChatModel.builder()
                .baseUrl(gateway.toString())
                .apiKey("any")
                .modelName("auto")
                .build();
    }

    private StreamingChatModel streamingModel() {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(gateway.toString())
                .apiKey("any")
                .modelName("auto")
                .build();
    }

    private static ChatRequest asksForTheTime() {
        return ChatRequest.builder()
                .messages(QUESTION)
                .toolSpecifications(CLOCK)
                .build();
    }

    private static ChatRequest withTheTime(AiMessage call) {
        ToolExecutionRequest request = call.toolExecutionRequests().get(0);
        return ChatRequest.builder()
                .messages(QUESTION, call, ToolExecutionResultMessage.from(request, "noon"))
                .toolSpecifications(CLOCK)
                .build();
    }

    private static void assertCallsTheClock(AiMessage message) {
        assertThat(message.toolExecutionRequests()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("clock");
            assertThat(call.arguments()).isEqualTo(ARGUMENTS);
        });
    }

    @Test
    void a_chat_is_answered_by_the_model_after_the_one_that_failed() {
        upstream.script(Upstream.FIRST, CannedAnswers.refuses(429, "Too many requests"));
        upstream.script(Upstream.SECOND, CannedAnswers.answers("Hello there"));
        assertThat(model().chat("hi")).isEqualTo("Hello there");
    }

    @Test
    void a_stream_comes_word_by_word_and_whole() {
        upstream.script(Upstream.FIRST, CannedAnswers.errorInside200());
        upstream.script(Upstream.SECOND, CannedAnswers.answers("one two three"));
        Listener listener = new Listener();
        streamingModel().chat("count", listener);
        assertThat(listener.answer().aiMessage().text()).isEqualTo("one two three");
        assertThat(listener.words()).containsExactly("one ", "two ", "three");
    }

    @Test
    void a_tool_is_called_and_its_result_leads_to_the_answer() {
        upstream.script(
                Upstream.FIRST, CannedAnswers.callsTool("clock", ARGUMENTS), CannedAnswers.answers("It is noon"));
        ChatResponse first = model().chat(asksForTheTime());
        assertCallsTheClock(first.aiMessage());
        ChatResponse second = model().chat(withTheTime(first.aiMessage()));
        assertThat(second.aiMessage().text()).isEqualTo("It is noon");
    }

    @Test
    void a_tool_is_called_within_a_stream() {
        upstream.script(Upstream.FIRST, CannedAnswers.callsTool("clock", ARGUMENTS));
        Listener listener = new Listener();
        streamingModel().chat(asksForTheTime(), listener);
        assertCallsTheClock(listener.answer().aiMessage());
    }

    @Test
    void a_rejected_request_is_thrown_after_one_attempt() {
        upstream.script(Upstream.FIRST, CannedAnswers.badRequest("Not like this"));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> model().chat("hi"))
                .withMessageContaining("Not like this");
        assertThat(upstream.asked()).containsExactly(Upstream.FIRST);
    }

    /** This client ignores the error event, but not the broken connection behind it. */
    @Test
    void a_stream_that_breaks_off_throws_after_what_had_come() {
        upstream.script(Upstream.FIRST, CannedAnswers.breaksAfter("once upon a"));
        Listener listener = new Listener();
        streamingModel().chat("a tale", listener);
        assertThatExceptionOfType(CompletionException.class).isThrownBy(listener::answer);
        assertThat(listener.words()).containsExactly("once ", "upon ", "a");
    }
}
