package io.freerouter.contract;

import static io.freerouter.contract.OpenAi.says;
import static io.freerouter.contract.OpenAi.text;
import static io.freerouter.contract.OpenAi.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.core.http.HttpResponseFor;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.FinishReason;
import io.freerouter.demo.CannedAnswers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Upstream.class)
class OpenAiChatTest extends OpenAiContract {
    @Test
    void a_chat_is_answered() {
        upstream.script(Upstream.FIRST, CannedAnswers.answers("Hello there"));
        assertThat(text(openAi.chat(says("hi")))).isEqualTo("Hello there");
    }

    @Test
    void a_named_model_is_asked_first() {
        upstream.script(Upstream.THIRD, CannedAnswers.answers("Bark"));
        assertThat(openAi.chat(says("hi").model(Upstream.THIRD)).model()).isEqualTo(Upstream.THIRD);
        assertThat(upstream.asked()).containsExactly(Upstream.THIRD);
    }

    @Test
    void a_stream_comes_word_by_word_in_order() {
        upstream.script(Upstream.FIRST, CannedAnswers.answers("one two three"));
        List<String> words = new ArrayList<>();
        openAi.stream(says("count"), chunk -> words.addAll(words(chunk)));
        assertThat(words).containsExactly("one ", "two ", "three");
    }

    @Test
    void a_stream_ends_with_its_reason() {
        upstream.script(Upstream.FIRST, CannedAnswers.answers("one two three"));
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        openAi.stream(says("count"), chunks::add);
        assertThat(chunks)
                .flatExtracting(ChatCompletionChunk::choices)
                .flatExtracting(choice -> choice.finishReason().stream().toList())
                .containsExactly(FinishReason.STOP);
    }

    @Test
    void a_stream_adds_up_to_an_answer() {
        upstream.script(Upstream.FIRST, CannedAnswers.answers("one two three"));
        ChatCompletion answer = openAi.accumulate(says("count"));
        assertThat(text(answer)).isEqualTo("one two three");
        assertThat(answer.usage()).isPresent();
    }

    @Test
    void a_stream_comes_from_the_third_model_when_two_fail_before_a_token() {
        upstream.script(Upstream.FIRST, CannedAnswers.refuses(429, "Too many requests"));
        upstream.script(Upstream.SECOND, CannedAnswers.errorInside200());
        upstream.script(Upstream.THIRD, CannedAnswers.answers("At last"));
        assertThat(text(openAi.accumulate(says("hi")))).isEqualTo("At last");
        assertThat(upstream.asked()).containsExactly(Upstream.FIRST, Upstream.SECOND, Upstream.THIRD);
    }

    @Test
    void an_answer_comes_from_the_third_model_when_two_fail() {
        upstream.script(Upstream.FIRST, CannedAnswers.refuses(429, "Too many requests"));
        upstream.script(Upstream.SECOND, CannedAnswers.errorInside200());
        upstream.script(Upstream.THIRD, CannedAnswers.answers("At last"));
        HttpResponseFor<ChatCompletion> response = openAi.client()
                .chat()
                .completions()
                .withRawResponse()
                .create(says("hi").build());
        assertThat(text(response.parse())).isEqualTo("At last");
        assertThat(response.headers().values("X-FreeRouter-Model")).containsExactly(Upstream.THIRD);
        assertThat(response.headers().values("X-FreeRouter-Attempts")).containsExactly("3");
    }

    @Test
    void a_stream_that_breaks_off_throws_after_what_had_come() {
        upstream.script(Upstream.FIRST, CannedAnswers.breaksAfter("once upon a"));
        List<String> words = new ArrayList<>();
        assertThatExceptionOfType(OpenAIException.class)
                .isThrownBy(() -> openAi.stream(says("a tale"), chunk -> words.addAll(words(chunk))))
                .withMessageContaining("broke off");
        assertThat(words).containsExactly("once ", "upon ", "a");
        assertThat(upstream.asked()).containsExactly(Upstream.FIRST);
    }
}
