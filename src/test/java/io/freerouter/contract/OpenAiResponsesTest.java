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
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Upstream.class)
class OpenAiResponsesTest extends OpenAiContract {
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

    private void twoFailAndTheThird(AnswerScript answers) {
        upstream.script(Upstream.FIRST, CannedAnswers.refuses(429, "Too many requests"));
        upstream.script(Upstream.SECOND, CannedAnswers.errorInside200());
        upstream.script(Upstream.THIRD, answers);
    }

    @Test
    void a_request_gets_a_response() {
        upstream.script(Upstream.FIRST, CannedAnswers.answers("Hello there"));
        Response response = respond(says("hi"));
        assertThat(text(response)).isEqualTo("Hello there");
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
    }

    @Test
    void a_stream_with_a_tool_call_comes_from_the_third_model_when_two_fail_before_a_token() {
        twoFailAndTheThird(CannedTestAnswers.callsToolAfter("Let me see.", "clock", "{\"zone\":\"Europe/Zürich\"}"));
        Response response = accumulate(asks("What time is it?"));
        assertThat(text(response)).isEqualTo("Let me see.");
        assertThat(call(response).name()).isEqualTo("clock");
        assertThat(call(response).arguments()).isEqualTo("{\"zone\":\"Europe/Zürich\"}");
        assertThat(upstream.asked()).containsExactly(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @Test
    void a_whole_response_with_a_tool_call_comes_from_the_third_model_when_two_fail() {
        twoFailAndTheThird(CannedAnswers.callsTool("clock", "{\"zone\":\"UTC\"}"));
        assertThat(call(respond(asks("What time is it in all?"))).arguments()).isEqualTo("{\"zone\":\"UTC\"}");
    }

    @Test
    void a_thought_is_an_item_of_its_own() {
        upstream.script(Upstream.FIRST, CannedAnswers.reasons("Hm.", "Yes"));
        Response response = accumulate(says("hi"));
        assertThat(response.output().get(0).reasoning()).isPresent();
        assertThat(text(response)).isEqualTo("Yes");
    }

    @Test
    void a_stream_that_breaks_off_throws_after_what_had_come() {
        upstream.script(Upstream.FIRST, CannedAnswers.breaksAfter("once upon a"));
        List<String> words = new ArrayList<>();
        assertThatExceptionOfType(OpenAIException.class)
                .isThrownBy(() -> stream(
                        says("a tale"), event -> event.outputTextDelta().ifPresent(delta -> words.add(delta.delta()))))
                .withMessageContaining("broke off");
        assertThat(words).containsExactly("once ", "upon ", "a");
    }

    @Test
    void a_stream_that_breaks_off_ends_with_a_whole_response_that_failed() throws Exception {
        upstream.script(Upstream.FIRST, CannedAnswers.breaksAfter("once upon a"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/responses"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"auto\",\"stream\":true,\"input\":\"a tale\"}"))
                .build();
        Lines lines = new Lines();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> http.send(request, BodyHandlers.fromLineSubscriber(lines)));
        List<String> data = lines.all.stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
        assertThat(data).endsWith("[DONE]");
        String last = data.get(data.size() - 2);
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
        upstream.script(Upstream.FIRST, CannedAnswers.answers("Hello there"));
        CompletionCreateParams params = CompletionCreateParams.builder()
                .model("gpt-3.5-turbo-instruct")
                .prompt("Say hello")
                .build();
        assertThat(openAi.client().completions().create(params).choices().get(0).text())
                .isEqualTo("Hello there");
    }

    /** Collects the lines of a body as they come, also those of a body that breaks off. */
    private static final class Lines implements Flow.Subscriber<String> {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            all.add(line);
        }

        @Override
        public void onError(Throwable broken) {}

        @Override
        public void onComplete() {}
    }
}
