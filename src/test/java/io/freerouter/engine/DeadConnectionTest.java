package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that is lost, or cannot be made, is not the model's fault. */
class DeadConnectionTest {
    private final RouterBench bench = RouterBench.with("a", "b", "c", "d");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    private void script(FailureKind kind, String... models) {
        List.of(models).forEach(model -> bench.upstream.script(model, ModelScript.fail(10, Failure.of(kind))));
    }

    private Quota limitedTo(long minute) {
        return bench.quota(new QuotaRules(OptionalLong.of(minute), OptionalLong.of(50)), Gates.SILENT, Duration.ZERO);
    }

    @Test
    void a_request_that_was_not_processed_is_made_once_more_and_counted_once() {
        Quota quota = limitedTo(10);
        bench.upstream.script("b", ModelScript.say(10, "hello"));
        script(FailureKind.UNPROCESSED, "a");
        var request = bench.complete();
        bench.advance(100);

        assertThat(request.assertCompleted().getItem().attempts()).isEqualTo(2);
        assertThat(bench.upstream.asked()).containsExactly("a", "a", "b");
        assertThat(bench.recorded.lines())
                .containsExactly(
                        "0 ask a",
                        "20 fail a connection lost before the request was processed",
                        "20 ask b",
                        "30 answer b");
        assertThat(quota.state(bench.time.now()).minute().used()).isEqualTo(1);
    }

    @Test
    void the_second_call_has_no_time_of_its_own() {
        bench.upstream.script("a", ModelScript.fail(20_000, Failure.of(FailureKind.UNPROCESSED)));
        bench.upstream.script("b", ModelScript.say(10, "x").complete(20));
        var request = bench.stream();
        bench.advance(30_020);

        RouterBench.read(request, 10).assertCompleted();
        assertThat(bench.recorded.lines()).contains("30000 fail a timed out, cools down until 45000");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISCONNECTED", "UNPROCESSED"})
    void the_next_model_is_asked_and_nobody_cools_down_or_counts_as_bad(FailureKind kind) {
        bench.upstream.script("b", ModelScript.say(10, "hello"));
        for (int n = 0; n < 5; n++) {
            script(kind, "a");
            bench.complete().assertSubscribed();
            bench.advance(100);
        }
        bench.upstream.script("a", ModelScript.say(10, "back"));
        var request = bench.complete();
        bench.advance(10);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("a"));
        assertThat(bench.cooldowns.until(new ModelId("a"), TestRequests.needs(List.of()), bench.time.now()))
                .isEmpty();
    }

    @Test
    void a_stream_that_lost_its_connection_says_nothing_of_its_model() {
        bench.upstream.script("a", ModelScript.say(10, "x").breaks(20, Failure.of(FailureKind.DISCONNECTED)));
        var request = bench.stream();
        bench.advance(10);
        RouterBench.read(request, 10);
        bench.advance(10);

        assertThat(bench.recorded.lines()).endsWith("20 break a connection broken");
    }

    @Test
    void two_connects_that_fail_end_the_request_and_cost_nothing() {
        Quota quota = limitedTo(2);
        script(FailureKind.UNREACHABLE, "a", "b", "c", "d");
        for (int n = 0; n < 3; n++) {
            var request = bench.complete();
            bench.advance(100);

            assertThat(refusal(request))
                    .isInstanceOfSatisfying(Refusal.Unreachable.class, unreachable -> assertThat(unreachable.attempts())
                            .hasSize(2));
        }
        assertThat(bench.upstream.asked()).containsExactly("a", "b", "a", "b", "a", "b");
        assertThat(quota.state(bench.time.now()).minute().used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void the_same_is_said_if_fewer_models_may_be_asked(int most) {
        bench.maxAttempts(most);
        script(FailureKind.UNREACHABLE, "a", "b");
        var request = bench.stream();
        bench.advance(100);

        assertThat(refusal(request)).isInstanceOf(Refusal.Unreachable.class);
    }

    @Test
    void one_connect_that_fails_is_made_again_for_the_next_model() {
        script(FailureKind.UNREACHABLE, "a");
        bench.upstream.script("b", ModelScript.say(10, "hello"));
        var request = bench.complete();
        bench.advance(100);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("b"));
    }

    @Test
    void an_attempt_that_has_its_connection_goes_on_while_others_cannot_connect() {
        script(FailureKind.UNREACHABLE, "b", "c");
        bench.upstream.script("a", ModelScript.say(500, "hello"));
        var request = bench.hedging(2, 0).complete();
        bench.advance(500);

        assertThat(request.assertCompleted().getItem().model()).isEqualTo(new ModelId("a"));
        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c");
    }
}
