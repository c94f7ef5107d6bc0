package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.failure;
import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FallbackTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);
    private static final Failure REJECTED = failure(FailureKind.REJECTED, 400);

    private final RouterBench bench = RouterBench.with("a", "b", "c");

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REJECTED", "ACCOUNT_CREDIT", "PRIVACY", "MINUTE_SPENT", "DAY_SPENT", "TOO_LONG", "UNPROCESSED"})
    void whatever_fails_one_model_the_next_is_asked(FailureKind kind) {
        bench.upstream.script("a", ModelScript.fail(100, Failure.of(kind)));
        bench.upstream.script("b", ModelScript.say(300, "hello"));

        var request = bench.complete();
        bench.advance(400);

        assertThat(request.assertCompleted().getItem())
                .isEqualTo(new Answer<>(new ModelId("b"), 2, new Completion("hello", AnswerMetadata.NONE, false)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REJECTED", "ACCOUNT_CREDIT", "PRIVACY", "MINUTE_SPENT", "DAY_SPENT", "TOO_LONG", "UNPROCESSED"})
    void a_stream_falls_back_as_a_whole_answer_does(FailureKind kind) {
        bench.upstream.script("a", ModelScript.fail(100, Failure.of(kind)));
        bench.upstream.script("b", ModelScript.say(300, "x").then(400, "y").complete(500));

        var request = bench.stream();
        bench.advance(400);
        var reader = RouterBench.read(request, Long.MAX_VALUE);
        bench.advance(200);

        reader.assertCompleted().assertItems("x", "y");
    }

    @Test
    void a_rejected_request_is_refused_at_once() {
        bench.upstream.script("a", ModelScript.fail(100, REJECTED));

        var request = bench.complete();
        bench.advance(100);

        assertThat(refusal(request)).isEqualTo(new Refusal.Rejected(new ModelId("a"), REJECTED, 1));
        assertThat(bench.upstream.asked()).containsExactly("a");
    }

    @Test
    void a_rejection_tells_how_many_were_asked_before() {
        bench.upstream.script("a", ModelScript.fail(100, BUSY));
        bench.upstream.script("b", ModelScript.fail(100, REJECTED));

        var request = bench.stream();
        bench.advance(200);

        assertThat(refusal(request)).isEqualTo(new Refusal.Rejected(new ModelId("b"), REJECTED, 2));
    }

    @Test
    void if_all_fail_every_attempt_is_told_in_order() {
        Failure limited = failure(FailureKind.RATE_LIMITED, 429);
        bench.upstream.script("a", ModelScript.fail(100, BUSY));
        bench.upstream.script("b", ModelScript.fail(100, limited));
        bench.upstream.script("c", ModelScript.fail(100, BUSY));

        var request = bench.complete();
        bench.advance(300);

        assertThat(refusal(request))
                .isEqualTo(
                        new Refusal.AllFailed(List.of(attempt("a", BUSY), attempt("b", limited), attempt("c", BUSY))));
    }

    @Test
    void no_more_models_are_asked_than_the_rules_allow() {
        bench.maxAttempts(2);
        List.of("a", "b", "c").forEach(model -> bench.upstream.script(model, ModelScript.fail(100, BUSY)));

        var request = bench.stream();
        bench.advance(1_000);

        assertThat(refusal(request)).isEqualTo(new Refusal.AllFailed(List.of(attempt("a", BUSY), attempt("b", BUSY))));
        assertThat(bench.upstream.asked()).containsExactly("a", "b");
    }

    @Test
    void the_model_that_was_named_is_asked_first() {
        bench.upstream.script("c", ModelScript.fail(100, BUSY));

        bench.complete("unknown", "c", "b");
        bench.advance(100);

        assertThat(bench.upstream.asked()).containsExactly("c", "b");
    }

    @Test
    void a_model_that_fails_while_it_is_being_asked_is_passed_over_too() {
        bench.upstream.script("a", ModelScript.fail(0, BUSY));
        bench.upstream.script("b", ModelScript.say(0, "hello"));

        bench.complete().assertCompleted();
        assertThat(bench.time.pending())
                .as("timers left, but for the catalog's")
                .isEqualTo(1);
    }

    @Test
    void a_hundred_models_that_fail_at_once_are_no_trouble() {
        String[] models = IntStream.range(0, 100).mapToObj(n -> "m" + n).toArray(String[]::new);
        RouterBench crowd = RouterBench.with(models).maxAttempts(1_000);
        List.of(models).forEach(model -> crowd.upstream.script(model, ModelScript.fail(0, BUSY)));

        var request = crowd.complete();

        assertThat(refusal(request)).isInstanceOfSatisfying(Refusal.AllFailed.class, all -> assertThat(all.attempts())
                .hasSize(100));
    }

    private static FailedAttempt attempt(String model, Failure failure) {
        return new FailedAttempt(new ModelId(model), failure);
    }
}
