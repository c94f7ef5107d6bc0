package io.freerouter.server.http;

import static io.freerouter.server.http.Gateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.demo.AnswerScript;
import io.freerouter.demo.CannedAnswers;
import io.freerouter.demo.CannedTestAnswers;
import io.freerouter.testing.FakeOpenRouter;
import io.freerouter.testing.FakeUpstream;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop without a word is an answer, if a second model has no more to say. */
@QuarkusTest
@WithTestResource(FakeUpstream.class)
class EmptyAnswerTest {
    FakeOpenRouter upstream;

    private static AnswerScript saysNothing(boolean stream) {
        return stream
                ? AnswerScript.begin().role().finish("stop").usage().done()
                : Gateway.says("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
                        + "\"finish_reason\":\"stop\"}]}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void two_models_that_say_nothing_are_enough(boolean stream) {
        List<String> pool =
                Pool.of(upstream, saysNothing(stream), saysNothing(stream), saysNothing(stream), saysNothing(stream));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(text(response)).contains("\"finish_reason\":\"stop\"").doesNotContain("\"error\"");
        assertThat(upstream.asked()).isEqualTo(pool.subList(0, 2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void they_are_asked_first_again(boolean stream) {
        List<String> pool = Pool.of(upstream, saysNothing(stream), saysNothing(stream), CannedAnswers.answers("Never"));
        Gateway.auto(stream);
        Gateway.auto(stream);
        Gateway.auto(stream);
        assertThat(upstream.asked())
                .containsExactly(pool.get(0), pool.get(1), pool.get(0), pool.get(1), pool.get(0), pool.get(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_model_that_says_something_wins(boolean stream) {
        List<String> pool = Pool.of(upstream, saysNothing(stream), CannedAnswers.answers("Hello"));
        Response response = Gateway.auto(stream);
        assertThat(text(response)).contains("Hello");
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_model_that_fails_leaves_the_empty_answer(boolean stream) {
        List<String> pool = Pool.of(
                upstream, saysNothing(stream), CannedTestAnswers.serverError(500), CannedAnswers.answers("Never"));
        Response response = Gateway.auto(stream);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("X-FreeRouter-Model")).isEqualTo(pool.get(0));
        assertThat(upstream.asked()).isEqualTo(pool.subList(0, 2));
    }
}
