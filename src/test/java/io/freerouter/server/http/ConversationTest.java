package io.freerouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.demo.ReceivedRequest;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversation stays with its model, and only that gets back what it thought. */
@QuarkusTest
@WithTestResource(
        value = FakeUpstream.class,
        initArgs = {
            @ResourceArg(name = "freerouter.affinity", value = "true"),
            @ResourceArg(name = "freerouter.cooldown.duration", value = "0s")
        })
class ConversationTest {
    private static final String TURNS = "{\"role\":\"user\",\"content\":\"%1$s\"},"
            + "{\"role\":\"assistant\",\"content\":\"x\",\"reasoning_details\":[{\"text\":\"secret\"}]},"
            + "{\"role\":\"user\",\"content\":\"And?\"}";

    FakeOpenRouter upstream;

    private static String first(String who, String begin) {
        return "{" + who + "\"messages\":[{\"role\":\"user\",\"content\":\"" + begin + "\"}]}";
    }

    private static String next(String who, String begin) {
        return "{" + who + "\"messages\":[" + TURNS.formatted(begin) + "]}";
    }

    private String lastBody() {
        List<ReceivedRequest> chats = upstream.chats();
        return new String(chats.get(chats.size() - 1).body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"session_id\":\"s\",", "\"user\":\"u\",", ""})
    void a_conversation_goes_on_with_the_model_that_answered_it(String who) {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        String begin = "Begin" + pool.get(0);
        Gateway.post(first(who, begin));
        upstream.script(pool.get(0), CannedAnswers.answers("Well"));

        assertThat(Gateway.post(next(who, begin)).header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(lastBody()).contains("secret");
    }

    @Test
    void another_conversation_begins_anew() {
        List<String> pool = Pool.of(upstream, CannedTestAnswers.serverError(500), CannedAnswers.answers("Hello"));
        Gateway.post(first("", "One" + pool.get(0)));
        upstream.script(pool.get(0), CannedAnswers.answers("Well"));

        assertThat(Gateway.post(first("", "Two" + pool.get(0))).header("X-FreeRouter-Model"))
                .isEqualTo(pool.get(0));
    }

    @Test
    void another_model_does_not_get_the_thoughts_of_the_one_before() {
        List<String> pool = Pool.of(upstream, CannedAnswers.answers("Hello"), CannedAnswers.answers("Well"));
        String begin = "Begin" + pool.get(0);
        Gateway.post(first("", begin));
        upstream.script(pool.get(0), CannedTestAnswers.serverError(500));

        assertThat(Gateway.post(next("", begin)).header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
        assertThat(lastBody()).doesNotContain("secret").contains("\"content\":\"x\"");
    }
}
