package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.QuotaRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer may properly consist of nothing: it costs one more model at most, and says nothing of the models. */
class EmptyAnswerTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);
    private static final String END = "data: the end\n\n";

    private final RouterBench bench = RouterBench.with("a", "b", "c");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    private void script(String model, ModelScript script) {
        bench.upstream.script(model, script);
    }

    private void assertThatNobodyCoolsDown() {
        assertThat(Stream.of("a", "b", "c").filter(model -> bench.cooldowns
                        .until(new ModelId(model), TestRequests.needs(List.of()), bench.time.now())
                        .isPresent()))
                .isEmpty();
    }

    @Test
    void the_next_model_wins_if_it_says_something() {
        script("a", ModelScript.empty(10));
        script("b", ModelScript.say(10, "hello"));
        var request = bench.complete();
        bench.advance(20);

        assertThat(request.assertCompleted().getItem())
                .isEqualTo(new Answer<>(new ModelId("b"), 2, new Completion("hello", AnswerMetadata.NONE, false)));
        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "10 empty a", "10 ask b", "20 answer b");
        assertThatNobodyCoolsDown();
    }

    @Test
    void a_second_empty_answer_settles_it() {
        Stream.of("a", "b", "c").forEach(model -> script(model, ModelScript.empty(10)));
        var request = bench.complete();
        bench.advance(100);

        Answer<Completion> answer = request.assertCompleted().getItem();
        assertThat(answer.model()).isEqualTo(new ModelId("a"));
        assertThat(answer.content().empty()).isTrue();
        assertThat(bench.upstream.asked()).containsExactly("a", "b");
        assertThatNobodyCoolsDown();
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void a_failure_of_the_next_model_leaves_the_empty_answer(FailureKind kind) {
        script("a", ModelScript.empty(10));
        script("b", ModelScript.fail(10, RouterBench.failure(kind, 400)));
        script("c", ModelScript.say(10, "hello"));
        var request = bench.complete();
        bench.advance(100);

        assertThat(request.assertCompleted().getItem().content().empty()).isTrue();
        assertThat(bench.upstream.asked()).doesNotContain("c");
    }

    @Test
    void an_empty_stream_is_delivered_as_it_came() {
        Stream.of("a", "b").forEach(model -> script(model, ModelScript.empty(10)));
        var request = bench.stream();
        bench.advance(100);

        RouterBench.read(request, 10).assertCompleted().assertItems(END);
        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "10 empty a", "10 ask b", "20 empty b", "100 end a");
        assertThatNobodyCoolsDown();
    }

    @Test
    void a_stream_that_says_something_replaces_an_empty_one() {
        script("a", ModelScript.empty(10));
        script("b", ModelScript.say(10, "x").complete(20));
        var request = bench.stream();
        bench.advance(100);

        RouterBench.read(request, 10).assertCompleted().assertItems("x");
    }

    @Test
    void attempts_that_run_beside_it_are_the_one_more() {
        script("a", ModelScript.empty(10));
        script("b", ModelScript.fail(50, BUSY));
        var request = bench.hedging(2, 0).complete();
        bench.advance(100);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("a"));
        assertThat(bench.upstream.asked()).containsExactly("a", "b");
    }

    @Test
    void the_only_model_may_say_nothing() {
        bench.maxAttempts(1);
        script("a", ModelScript.empty(10));
        var request = bench.complete();
        bench.advance(10);

        assertThat(request.assertCompleted().getItem().attempts()).isEqualTo(1);
    }

    @Test
    void the_last_of_the_quota_is_not_spent_on_one_more() {
        bench.quota(new QuotaRules(OptionalLong.empty(), OptionalLong.of(10)), Gates.SILENT, Duration.ofSeconds(10));
        script("a", ModelScript.say(0, "hello"));
        Stream.generate(() -> bench.complete()).limit(8).forEach(request -> request.assertCompleted());
        script("a", ModelScript.empty(10));
        var request = bench.complete();
        bench.advance(10);

        request.assertCompleted();
        assertThat(bench.upstream.asked()).containsOnly("a");
    }

    @Test
    void a_caller_may_disconnect_while_one_more_is_asked() {
        script("a", ModelScript.empty(10));
        var request = bench.stream();
        bench.advance(20);
        request.cancel();

        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "10 empty a", "10 ask b", "20 leave", "20 cancel b");
    }

    @Test
    void an_empty_answer_that_was_charged_for_is_noticed() {
        AnswerMetadata charged = new AnswerMetadata(Optional.empty(), Optional.of(BigDecimal.ONE), true);
        script("a", ModelScript.empty(10).finding(charged));
        script("b", ModelScript.say(10, "hello"));
        bench.complete();
        bench.advance(100);

        assertThat(bench.recorded.lines()).containsOnlyOnce("10 charge a 1");
    }

    @Test
    void twice_empty_is_no_reason_to_ask_a_model_last() {
        script("a", ModelScript.empty(1));
        script("b", ModelScript.say(1, "hello"));
        for (int n = 0; n < 3; n++) {
            bench.complete();
            bench.advance(10);
        }

        assertThat(bench.upstream.asked()).containsExactly("a", "b", "a", "b", "a", "b");
    }
}
