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
import io.freerouter.testing.ScriptedUpstream;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The upstream counts a request when it gets it. An attempt that ends before that costs nothing. */
class UnwrittenAttemptTest {
    private static final long LIMIT = 10;

    private final RouterBench bench = RouterBench.with("a", "b", "c", "d");
    private Quota quota = quota();

    private Quota quota() {
        return bench.quota(new QuotaRules(OptionalLong.of(LIMIT), OptionalLong.of(50)), Gates.SILENT, Duration.ZERO);
    }

    @AfterEach
    void no_call_stays_open() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
    }

    private void assertCounted(long attempts) {
        assertThat(quota.state(bench.time.now()).minute().used()).isEqualTo(attempts);
        assertThat(quota.state(bench.time.now()).day().used()).isEqualTo(attempts);
    }

    private void assertReady(String model) {
        assertThat(bench.cooldowns.until(new ModelId(model), TestRequests.needs(List.of()), bench.time.now()))
                .isEmpty();
    }

    @Test
    void a_caller_that_disconnects_before_there_is_a_connection_gets_its_slot_back() {
        bench.upstream.script("a", ModelScript.hang().connects(100));
        var request = bench.stream();
        bench.advance(99);
        assertCounted(1);
        request.cancel();

        assertCounted(0);
    }

    @Test
    void a_caller_that_disconnects_later_has_used_its_slot() {
        bench.upstream.script("a", ModelScript.hang().connects(100));
        var request = bench.stream();
        bench.advance(100);
        request.cancel();

        assertCounted(1);
    }

    @Test
    void a_model_that_loses_before_it_has_its_connection_costs_nothing() {
        bench.upstream.script("a", ModelScript.say(100, "hello").complete(110).connects(10));
        bench.upstream.script("b", ModelScript.hang().connects(101));
        bench.upstream.script("c", ModelScript.hang().connects(99));
        bench.hedging(3, 0);
        var request = bench.stream();
        bench.advance(110);
        RouterBench.read(request, 10).assertCompleted();

        assertCounted(2);
    }

    @Test
    void an_attempt_whose_time_goes_by_before_it_has_a_connection_cannot_reach_the_upstream() {
        List.of("a", "b")
                .forEach(
                        model -> bench.upstream.script(model, ModelScript.hang().connects(30_000)));
        var request = bench.stream();
        bench.advance(60_000);

        assertThat(refusal(request)).isInstanceOf(Refusal.Unreachable.class);
        assertThat(bench.upstream.asked()).containsExactly("a", "b");
        assertReady("a");
        assertCounted(0);
    }

    @Test
    void a_deadline_that_passes_before_there_is_a_connection_cannot_reach_the_upstream() {
        bench.deadline(20);
        bench.upstream.script("a", ModelScript.hang().connects(25_000));
        var request = bench.stream();
        bench.advance(20_000);

        assertThat(refusal(request)).isInstanceOf(Refusal.Unreachable.class);
        assertCounted(0);
    }

    @Test
    void a_deadline_that_passes_later_is_the_models() {
        bench.deadline(20);
        bench.upstream.script("a", ModelScript.hang().connects(15_000));
        var request = bench.stream();
        bench.advance(20_000);

        assertThat(refusal(request)).isInstanceOf(Refusal.AllFailed.class);
        assertCounted(1);
    }

    @Test
    void a_request_that_was_not_processed_costs_nothing_until_it_is_written_again() {
        boolean[] lost = new boolean[1];
        bench.upstream(new ScriptedUpstream(bench.time, question -> {
            ModelScript script = lost[0]
                    ? ModelScript.hang().connects(100)
                    : ModelScript.fail(10, Failure.of(FailureKind.UNPROCESSED));
            lost[0] = true;
            return script;
        }));
        quota = quota();
        var request = bench.stream();
        bench.advance(100);
        assertThat(bench.upstream.asked()).containsExactly("a", "a");
        request.cancel();

        assertCounted(0);
    }

    @Test
    void an_upstream_that_processes_nothing_can_be_asked_again_later() {
        List.of("a", "b", "c", "d")
                .forEach(model ->
                        bench.upstream.script(model, ModelScript.fail(10, Failure.of(FailureKind.UNPROCESSED))));
        var request = bench.complete();
        bench.advance(100);

        assertThat(refusal(request)).isInstanceOf(Refusal.Unreachable.class);
        assertThat(bench.upstream.asked()).containsExactly("a", "a", "b", "b");
        assertCounted(0);
    }
}
