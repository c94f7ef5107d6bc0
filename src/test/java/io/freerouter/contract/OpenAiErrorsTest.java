package io.freerouter.contract;

import static io.freerouter.contract.OpenAi.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(Upstream.class)
class OpenAiErrorsTest extends OpenAiContract {
    private OpenAIServiceException whole(ChatCompletionCreateParams.Builder request) {
        return catchThrowableOfType(OpenAIServiceException.class, () -> openAi.chat(request));
    }

    private OpenAIServiceException streamed(ChatCompletionCreateParams.Builder request) {
        return catchThrowableOfType(OpenAIServiceException.class, () -> openAi.stream(request, chunk -> {}));
    }

    private void allDo(AnswerScript script) {
        Stream.of(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD).forEach(model -> upstream.script(model, script));
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of(400, BadRequestException.class),
                Arguments.of(401, UnauthorizedException.class),
                Arguments.of(403, PermissionDeniedException.class),
                Arguments.of(422, UnprocessableEntityException.class));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void what_the_upstream_rejects_is_thrown_in_its_words_after_one_attempt(int status, Class<?> type) {
        allDo(CannedAnswers.refuses(status, "Not like this"));
        assertThat(whole(says("hi"))).isInstanceOf(type).hasMessageContaining("Not like this");
        assertThat(upstream.asked()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void a_stream_the_upstream_rejects_is_thrown_after_one_attempt(int status, Class<?> type) {
        allDo(CannedAnswers.refuses(status, "Not like this"));
        assertThat(streamed(says("hi"))).isInstanceOf(type).hasMessageContaining("Not like this");
        assertThat(upstream.asked()).hasSize(1);
    }

    /** Makes the gateway name a time to come back, and is over when the next test begins. */
    private static AnswerScript rateLimitedForAMoment() {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Retry-After-Ms", "1");
        return AnswerScript.begin().respond(429, headers, "{\"error\":{\"code\":429,\"message\":\"Slow down\"}}");
    }

    static List<AnswerScript> failures() {
        return List.of(
                CannedAnswers.refuses(429, "Too many requests"),
                rateLimitedForAMoment(),
                CannedTestAnswers.serverError(503),
                CannedAnswers.errorInside200());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void when_all_fail_it_throws_and_does_not_ask_again(AnswerScript failure) {
        allDo(failure);
        OpenAIServiceException thrown = whole(says("hi"));
        assertThat(thrown).isInstanceOf(InternalServerException.class).hasMessageContaining(Upstream.THIRD);
        assertThat(thrown.statusCode()).isEqualTo(502);
        assertThat(thrown.code()).contains("all_attempts_failed");
        assertThat(upstream.asked()).containsExactlyInAnyOrder(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void when_all_fail_a_stream_throws_and_does_not_ask_again(AnswerScript failure) {
        allDo(failure);
        assertThat(streamed(says("hi"))).isInstanceOf(InternalServerException.class);
        assertThat(upstream.asked()).containsExactlyInAnyOrder(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @Test
    void a_time_to_come_back_is_told() {
        allDo(rateLimitedForAMoment());
        assertThat(whole(says("hi")).headers().values("Retry-After")).containsExactly("1");
    }

    @Test
    void a_field_of_the_wrong_type_is_named_and_nobody_is_asked() {
        var request = says("hi").putAdditionalBodyProperty("temperature", JsonValue.from("hot"));
        OpenAIServiceException thrown = whole(request);
        assertThat(thrown).isInstanceOf(BadRequestException.class);
        assertThat(thrown.param()).contains("temperature");
        assertThat(thrown.code()).contains("invalid_type");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void no_messages_are_a_bad_request() {
        OpenAIServiceException thrown = whole(says("hi").messages(List.of()));
        assertThat(thrown).isInstanceOf(BadRequestException.class);
        assertThat(thrown.param()).contains("messages");
    }
}
