package io.freerouter.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.observe.ModelStatus.State;
import io.freerouter.routing.Needs;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelStatusReaderTest {
    private final RouterBench bench = RouterBench.with("a", "b");
    private final RequestHistory history = new RequestHistory(10, bench.time, Optional::empty);
    private final ModelStatusReader status = bench.status(history);

    ModelStatusReaderTest() {
        bench.alsoTell(history);
    }

    private void fails(String model, Failure failure) {
        bench.upstream.script(model, ModelScript.fail(1, failure));
    }

    private ModelStatus of(String model) {
        return status.find(model).orElseThrow();
    }

    private List<String> order() {
        return status.pool().models().stream().map(ModelStatus::id).toList();
    }

    @Test
    void a_model_that_was_never_asked_is_ready_at_its_place() {
        assertThat(order()).containsExactly("a", "b");
        assertThat(of("b").state()).isEqualTo(State.READY);
        assertThat(of("b").place()).isEqualTo(2);
        assertThat(of("b").why())
                .isEqualTo("Place 2 in the order of the pool: free variants first, then larger contexts.");
        assertThat(of("b").successRate()).isEmpty();
        assertThat(status.pool().ready()).isEqualTo(2);
    }

    @Test
    void a_model_that_failed_comes_last_and_says_why_and_until_when() {
        fails("a", RouterBench.failure(FailureKind.RATE_LIMITED, 429));
        bench.upstream.script("b", ModelScript.say(1, "hello"));

        bench.complete();
        bench.advance(2);

        assertThat(order()).containsExactly("b", "a");
        assertThat(of("a").state()).isEqualTo(State.COOLING);
        assertThat(of("a").until()).contains(bench.time.now().plusMillis(59_999));
        assertThat(of("a").why())
                .isEqualTo("It failed once (429 rate limited). Until its cooldown ends it is asked last.");
        assertThat(of("a").successRate()).hasValue(0);
        assertThat(of("b").successRate()).hasValue(1);
        assertThat(status.pool().ready()).isEqualTo(1);
    }

    @Test
    void a_model_whose_cooldown_is_over_is_probed_by_one_request() {
        fails("a", Failure.of(FailureKind.BUSY));
        bench.upstream.script("b", ModelScript.say(1, "hello"));
        bench.complete();
        bench.advance(60_001);
        bench.upstream.script("a", ModelScript.hang());

        var probe = bench.complete();

        assertThat(of("a").state()).isEqualTo(State.HALF_OPEN);
        probe.cancel();
        assertThat(of("a").state()).isEqualTo(State.READY);
    }

    @Test
    void a_model_whose_tool_calls_are_of_no_use_is_unfit_for_tools() {
        AnswerMetadata unusable = new AnswerMetadata(Optional.empty(), Optional.empty(), false);
        bench.upstream.script("a", ModelScript.say(1, "hello").finding(unusable));
        Needs tools = TestRequests.needs(List.of("a"), Set.of(Ability.TOOLS), 0);
        for (int n = 0; n < 2; n++) {
            bench.complete(TestRequests.chat(tools, false, (model, own, output) -> List.of()));
            bench.advance(1);
        }

        assertThat(of("a").state()).isEqualTo(State.UNFIT_FOR_TOOLS);
        assertThat(of("a").toolAnswers()).isEqualTo(2);
        assertThat(of("a").validToolCalls()).hasValue(0);
    }

    @Test
    void a_model_that_the_privacy_settings_keep_out_says_so() {
        fails("a", RouterBench.failure(FailureKind.PRIVACY, 404));
        bench.upstream.script("b", ModelScript.say(1, "hello"));

        bench.complete();
        bench.advance(2);

        assertThat(of("a").state()).isEqualTo(State.PRIVACY);
        assertThat(of("a").until()).isEmpty();
        assertThat(of("a").why()).contains("privacy settings", "until the list of models is read again");
    }

    @Test
    void a_model_that_charged_money_is_never_asked_again() {
        AnswerMetadata charged = new AnswerMetadata(Optional.empty(), Optional.of(BigDecimal.ONE), true);
        bench.upstream.script("a", ModelScript.say(1, "hello").finding(charged));

        bench.complete();
        bench.advance(1);

        assertThat(of("a").state()).isEqualTo(State.CHARGED);
        assertThat(of("a").place()).isZero();
        assertThat(order()).containsExactly("b", "a");
    }

    @Test
    void a_model_that_is_not_listed_any_more_is_gone() {
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        bench.complete();
        bench.catalogs.free("b");
        bench.advance(620_000);

        assertThat(of("a").state()).isEqualTo(State.GONE);
        assertThat(order()).containsExactly("b", "a");
    }

    @Test
    void a_user_gives_a_model_a_cooldown_that_an_answer_does_not_end() {
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        bench.upstream.script("b", ModelScript.say(1, "hello"));

        assertThat(status.coolDown("a", bench.time.now().plus(Duration.ofMinutes(5))))
                .isTrue();
        assertThat(status.coolDown("unknown", bench.time.now())).isFalse();
        assertThat(of("a").state()).isEqualTo(State.COOLING);
        assertThat(of("a").why()).startsWith("A user gave it a cooldown.");
        bench.complete("a");
        bench.advance(1);
        assertThat(bench.upstream.asked()).containsExactly("b");
        assertThat(of("a").state()).isEqualTo(State.COOLING);

        assertThat(status.endCooldowns("a")).isTrue();
        assertThat(of("a").state()).isEqualTo(State.READY);
        bench.complete("a");
        bench.advance(1);
        assertThat(bench.upstream.asked()).containsExactly("b", "a");
    }

    @Test
    void a_rest_that_is_over_leaves_nothing_behind() {
        bench.upstream.script("a", ModelScript.hang());
        status.coolDown("a", bench.time.now().plus(Duration.ofMinutes(5)));
        bench.advance(300_000);

        var running = bench.complete("a");

        assertThat(of("a").state()).isEqualTo(State.READY);
        running.cancel();
    }

    @Test
    void a_model_that_cools_down_is_still_asked_if_there_is_no_other() {
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        status.coolDown("a", bench.time.now().plus(Duration.ofMinutes(5)));
        status.coolDown("b", bench.time.now().plus(Duration.ofMinutes(9)));

        var request = bench.complete();
        bench.advance(1);

        request.assertCompleted();
        assertThat(of("a").state()).isEqualTo(State.COOLING);
    }
}
