package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.QuotaRules;
import io.freerouter.routing.RaceRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final Failure LATE = Failure.of(FailureKind.TIMED_OUT);

    private final RouterBench bench = RouterBench.with("a", "b", "c", "d");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    private static FailedAttempt late(String model) {
        return new FailedAttempt(new ModelId(model), LATE);
    }

    @Test
    void a_request_ends_at_its_deadline_however_many_models_are_left() {
        var request = bench.complete();
        bench.advance(279_999);
        request.assertNotTerminated();
        bench.advance(1);

        assertThat(refusal(request)).isEqualTo(new Refusal.AllFailed(List.of(late("a"), late("b"), late("c"))));
        assertThat(bench.recorded.lines()).endsWith("240000 ask c", "280000 cancel c");
    }

    @Test
    void the_deadline_says_nothing_of_the_model_that_was_asked_last() {
        bench.deadline(1).complete();
        bench.advance(1_000);

        assertThat(bench.cooldowns.until(new ModelId("a"), TestRequests.needs(List.of()), bench.time.now()))
                .isEmpty();
    }

    @Test
    void a_stream_that_has_begun_has_no_deadline() {
        bench.deadline(1);
        bench.upstream.script("a", ModelScript.say(500, "x").then(5_000, "y").complete(9_000));
        var request = bench.stream();
        bench.advance(500);
        var reader = RouterBench.read(request, 10);
        bench.advance(9_000);

        reader.assertCompleted().assertItems("x", "y");
    }

    @Test
    void an_answer_without_a_word_is_delivered_at_the_deadline() {
        bench.deadline(1);
        bench.upstream.script("a", ModelScript.empty(100));
        var request = bench.complete();
        bench.advance(1_000);

        assertThat(request.assertCompleted().getItem().content().empty()).isTrue();
    }

    @Test
    void a_request_that_was_not_admitted_in_time_is_refused() {
        bench.quota(new QuotaRules(OptionalLong.of(1), OptionalLong.empty()), Gates.SILENT, Duration.ofSeconds(60));
        bench.deadline(10);
        bench.upstream.script("a", ModelScript.say(1, "hello"));
        bench.complete();
        bench.advance(20_000);
        var second = bench.complete();
        bench.advance(10_000);

        assertThat(refusal(second)).isInstanceOf(Refusal.NoModels.class);
        assertThat(bench.upstream.asked()).containsExactly("a");
    }

    @Test
    void a_single_attempt_always_has_its_time() {
        Duration longer = Duration.ofMinutes(10);

        assertThat(new RaceRules(8, longer, longer, longer, Duration.ZERO).deadline())
                .isEqualTo(longer);
    }
}
