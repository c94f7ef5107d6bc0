package io.freerouter.contract;

import static io.freerouter.contract.OpenAi.message;
import static io.freerouter.contract.OpenAi.says;
import static io.freerouter.contract.OpenAi.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Upstream.class)
class OpenAiToolsTest extends OpenAiContract {
    private static final String ARGUMENTS = "{\"zone\":\"Europe/Zürich\"}";

    private static ChatCompletionCreateParams.Builder asksForTheTime() {
        FunctionParameters parameters = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("zone", Map.of("type", "string"))))
                .build();
        return says("What time is it?")
                .addFunctionTool(FunctionDefinition.builder()
                        .name("clock")
                        .parameters(parameters)
                        .build());
    }

    private static ChatCompletionMessageFunctionToolCall onlyCall(ChatCompletion answer) {
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(message(answer).toolCalls())
                .hasValueSatisfying(calls -> assertThat(calls).hasSize(1));
        return message(answer).toolCalls().orElseThrow().get(0).asFunction();
    }

    private static ChatCompletionCreateParams.Builder withTheTime(ChatCompletion answer) {
        return asksForTheTime()
                .addMessage(message(answer))
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(onlyCall(answer).id())
                        .content("noon")
                        .build());
    }

    private JsonArray lastMessages() {
        List<ReceivedRequest> chats = upstream.chats();
        return chats.get(chats.size() - 1).json().orElseThrow().getJsonArray("messages");
    }

    @Test
    void a_tool_call_comes_whole() {
        upstream.script(Upstream.FIRST, CannedAnswers.callsTool("clock", ARGUMENTS));
        ChatCompletionMessageFunctionToolCall call = onlyCall(openAi.chat(asksForTheTime()));
        assertThat(call.function().name()).isEqualTo("clock");
        assertThat(call.function().arguments()).isEqualTo(ARGUMENTS);
    }

    @Test
    void a_streamed_tool_call_adds_up() {
        upstream.script(Upstream.FIRST, CannedAnswers.callsTool("clock", ARGUMENTS));
        ChatCompletionMessageFunctionToolCall call = onlyCall(openAi.accumulate(asksForTheTime()));
        assertThat(call.function().name()).isEqualTo("clock");
        assertThat(call.function().arguments()).isEqualTo(ARGUMENTS);
    }

    @Test
    void the_tools_reach_the_model() {
        upstream.script(Upstream.FIRST, CannedAnswers.callsTool("clock", ARGUMENTS));
        openAi.chat(asksForTheTime());
        JsonObject sent = upstream.chats().get(0).json().orElseThrow();
        assertThat(sent.getJsonArray("tools").encode()).contains("\"clock\"", "\"zone\"");
    }

    @Test
    void a_tools_result_leads_to_the_answer() {
        upstream.script(
                Upstream.FIRST, CannedAnswers.callsTool("clock", ARGUMENTS), CannedAnswers.answers("It is noon"));
        ChatCompletion first = openAi.chat(asksForTheTime());
        assertThat(text(openAi.chat(withTheTime(first)))).isEqualTo("It is noon");
        assertHistoryOfTheCall();
    }

    @Test
    void a_tools_result_after_a_streamed_call_leads_to_the_answer() {
        upstream.script(
                Upstream.FIRST, CannedAnswers.callsTool("clock", ARGUMENTS), CannedAnswers.answers("It is noon"));
        ChatCompletion first = openAi.accumulate(asksForTheTime());
        assertThat(text(openAi.accumulate(withTheTime(first)))).isEqualTo("It is noon");
        assertHistoryOfTheCall();
    }

    private void assertHistoryOfTheCall() {
        JsonArray messages = lastMessages();
        JsonObject call = messages.getJsonObject(1).getJsonArray("tool_calls").getJsonObject(0);
        assertThat(call.getJsonObject("function").getString("arguments")).isEqualTo(ARGUMENTS);
        assertThat(messages.getJsonObject(2).getString("role")).isEqualTo("tool");
        assertThat(messages.getJsonObject(2).getString("tool_call_id")).isEqualTo(call.getString("id"));
    }
}
