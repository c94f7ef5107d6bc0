package io.freerouter.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.freerouter.demo.Script;
import io.freerouter.demo.Scripts;
import io.freerouter.testing.FakeOpenRouter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Upstream.class)
class OpenAiResponsesTest {
    @TestHTTPResource("/v1")
    URI gateway;

    FakeOpenRouter upstream;

    private OpenAi openAi;

    @BeforeEach
    void open() {
        openAi = new OpenAi(gateway);
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    private static ResponseCreateParams.Builder says(String text) {
        return ResponseCreateParams.builder().model("gpt-5-codex").input(text);
    }

    private static ResponseCreateParams.Builder asks(String text) {
        FunctionTool.Parameters parameters = FunctionTool.Parameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("zone", Map.of("type", "string"))))
                .build();
        return says(text)
                .addTool(FunctionTool.builder()
                        .name("clock")
                        .parameters(parameters)
                        .strict(false)
                        .build());
    }

    private Response respond(ResponseCreateParams.Builder request) {
        return openAi.client().responses().create(request.build());
    }

    private void stream(ResponseCreateParams.Builder request, Consumer<ResponseStreamEvent> events) {
        try (StreamResponse<ResponseStreamEvent> stream =
                openAi.client().responses().createStreaming(request.build())) {
            stream.stream().forEach(events);
        }
    }

    private Response accumulate(ResponseCreateParams.Builder request) {
        ResponseAccumulator sum = ResponseAccumulator.create();
        stream(request, sum::accumulate);
        return sum.response();
    }

    private static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .map(content -> content.asOutputText().text())
                .collect(Collectors.joining());
    }

    private static ResponseFunctionToolCall call(Response response) {
        return response.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .findFirst()
                .orElseThrow();
    }

    private void twoFailAndTheThird(Script answers) {
        upstream.script(Upstream.FIRST, Scripts.refuses(429, "Too many requests"));
        upstream.script(Upstream.SECOND, Scripts.errorInside200());
        upstream.script(Upstream.THIRD, answers);
    }

    @Test
    void a_request_gets_a_response() {
        upstream.script(Upstream.FIRST, Scripts.answers("Hello there"));
        Response response = respond(says("hi"));
        assertThat(text(response)).isEqualTo("Hello there");
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
    }

    @Test
    void a_stream_with_a_tool_call_comes_from_the_third_model_when_two_fail_before_a_token() {
        twoFailAndTheThird(Scripts.callsToolAfter("Let me see.", "clock", "{\"zone\":\"Europe/Zürich\"}"));
        Response response = accumulate(asks("What time is it?"));
        assertThat(text(response)).isEqualTo("Let me see.");
        assertThat(call(response).name()).isEqualTo("clock");
        assertThat(call(response).arguments()).isEqualTo("{\"zone\":\"Europe/Zürich\"}");
        assertThat(upstream.asked()).containsExactly(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @Test
    void a_whole_response_with_a_tool_call_comes_from_the_third_model_when_two_fail() {
        twoFailAndTheThird(Scripts.callsTool("clock", "{\"zone\":\"UTC\"}"));
        assertThat(call(respond(asks("What time is it in all?"))).arguments()).isEqualTo("{\"zone\":\"UTC\"}");
    }

    @Test
    void a_thought_is_an_item_of_its_own() {
        upstream.script(Upstream.FIRST, Scripts.reasons("Hm.", "Yes"));
        Response response = accumulate(says("hi"));
        assertThat(response.output().get(0).reasoning()).isPresent();
        assertThat(text(response)).isEqualTo("Yes");
    }

    @Test
    void a_stream_that_breaks_off_throws_after_what_had_come() {
        upstream.script(Upstream.FIRST, Scripts.breaksAfter("once upon a"));
        List<String> words = new ArrayList<>();
        assertThatExceptionOfType(OpenAIException.class)
                .isThrownBy(() -> stream(
                        says("a tale"), event -> event.outputTextDelta().ifPresent(delta -> words.add(delta.delta()))))
                .withMessageContaining("broke off");
        assertThat(words).containsExactly("once ", "upon ", "a");
    }

    @Test
    void a_stream_that_breaks_off_ends_with_a_whole_response_that_failed() throws IOException {
        upstream.script(Upstream.FIRST, Scripts.breaksAfter("once upon a"));
        String events = RestAssured.given()
                .contentType("application/json")
                .body("{\"model\":\"auto\",\"stream\":true,\"input\":\"a tale\"}")
                .post(gateway + "/responses")
                .asString();
        String last = events.substring(events.lastIndexOf("data: ") + "data: ".length());
        Response failed = ObjectMappers.jsonMapper()
                .readValue(last, ResponseStreamEvent.class)
                .asFailed()
                .response()
                .validate();
        assertThat(failed.status()).contains(ResponseStatus.FAILED);
        assertThat(failed.error().orElseThrow().message()).contains("broke off");
    }

    @Test
    void what_needs_a_memory_is_a_bad_request() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> respond(says("hi").previousResponseId("resp_1")))
                .withMessageContaining("nothing is remembered here");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void an_older_completion_is_answered() {
        upstream.script(Upstream.FIRST, Scripts.answers("Hello there"));
        CompletionCreateParams params = CompletionCreateParams.builder()
                .model("gpt-3.5-turbo-instruct")
                .prompt("Say hello")
                .build();
        assertThat(openAi.client().completions().create(params).choices().get(0).text())
                .isEqualTo("Hello there");
    }
}
