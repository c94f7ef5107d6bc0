package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.Needs;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Five models, and what nobody can serve: it costs three requests at first, and one from then on. */
class CommonRefusalTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);

    private final RouterBench bench = RouterBench.with("a", "b", "c", "d", "e");

    private void script(Failure failure, String... models) {
        for (String model : models) {
            bench.upstream.script(model, ModelScript.fail(1, failure));
        }
    }

    private void scriptAll(FailureKind kind) {
        script(Failure.of(kind), "a", "b", "c", "d", "e");
    }

    private UniAssertSubscriber<Answer<Completion>> ask(Ability... abilities) {
        Needs needs = TestRequests.needs(List.of(), Set.of(abilities), 0);
        var request = bench.complete(TestRequests.chat(needs, false, (model, own, output) -> List.of()));
        bench.advance(10);
        return request;
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CREDIT", "NOT_PRIVATE", "UNSUITED"})
    void after_three_who_refused_for_the_same_reason_nobody_else_is_asked(FailureKind kind) {
        scriptAll(kind);

        assertThat(refusal(ask(Ability.PRIVATE)))
                .isInstanceOfSatisfying(Refusal.CommonRefusal.class, alike -> assertThat(alike.reason())
                        .isEqualTo(kind));
        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "RATE_LIMITED", "SERVER_ERROR", "NO_ANSWER", "TIMED_OUT", "NOT_FOUND"})
    void what_is_a_models_own_matter_is_tried_on(FailureKind kind) {
        scriptAll(kind);

        assertThat(refusal(ask())).isInstanceOf(Refusal.AllFailed.class);
        assertThat(bench.upstream.asked()).hasSize(5);
    }

    @Test
    void other_failures_between_make_three_no_fewer() {
        scriptAll(FailureKind.NO_CREDIT);
        script(BUSY, "b");

        assertThat(refusal(ask())).isInstanceOf(Refusal.CommonRefusal.class);
        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void two_reasons_are_none_in_common() {
        RouterBench two = RouterBench.with("a", "b");
        two.upstream.script("a", ModelScript.fail(1, BUSY));
        two.upstream.script("b", ModelScript.fail(1, Failure.of(FailureKind.NO_CREDIT)));
        var request = two.complete();
        two.advance(10);

        assertThat(refusal(request)).isInstanceOf(Refusal.AllFailed.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CREDIT", "NOT_PRIVATE", "UNSUITED"})
    void once_it_is_known_of_all_one_is_tried(FailureKind kind) {
        scriptAll(kind);
        ask(Ability.PRIVATE);
        ask(Ability.PRIVATE);
        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c", "d", "e");

        assertThat(refusal(ask(Ability.PRIVATE))).isInstanceOf(Refusal.CommonRefusal.class);
        assertThat(refusal(ask(Ability.PRIVATE))).isInstanceOf(Refusal.CommonRefusal.class);
        assertThat(bench.upstream.asked()).hasSize(7);
    }

    @Test
    void where_all_are_gone_two_are_tried() {
        scriptAll(FailureKind.NOT_FOUND);
        ask();
        ask();

        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c", "d", "e", "a", "b");
    }

    @Test
    void of_models_in_cooldown_the_one_that_recovers_first_is_tried_first() {
        scriptAll(FailureKind.NOT_FOUND);
        script(Failure.of(FailureKind.NO_CREDIT), "d");
        ask();
        ask();

        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c", "d", "e", "d", "a");
    }

    @Test
    void who_keeps_what_it_is_sent_cools_down_for_private_requests_only() {
        scriptAll(FailureKind.NOT_PRIVATE);
        ask(Ability.PRIVATE, Ability.TOOLS);
        bench.upstream.script("a", ModelScript.say(1, "hello").complete(1));
        ask(Ability.TOOLS).assertCompleted();
        ask(Ability.PRIVATE);

        assertThat(bench.upstream.asked()).containsExactly("a", "b", "c", "a", "d", "e");
    }
}
