package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refused;
import io.freerouter.routing.Needs;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {
    private final RouterBench bench = RouterBench.with("a").sharing();

    private UniAssertSubscriber<Answer<Completion>> ask(String text, String... names) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return bench.complete(new ChatRequest(new Needs(List.of(names)), false, (model, own, output) -> body));
    }

    @Test
    void identical_requests_at_the_same_time_are_put_to_a_model_once() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        var first = ask("x");
        bench.advance(50);
        var second = ask("x");
        bench.advance(50);

        assertThat(first.assertCompleted().getItem())
                .isEqualTo(second.assertCompleted().getItem());
        assertThat(bench.upstream.asked()).hasSize(1);
    }

    @Test
    void others_are_not() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        ask("x");
        ask("y");
        ask("x", "a");

        assertThat(bench.upstream.asked()).hasSize(3);
    }

    @Test
    void one_that_comes_after_the_answer_is_put_again() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        ask("x");
        bench.advance(100);
        ask("x");

        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void who_leaves_takes_nothing_from_the_others() {
        bench.upstream.script("a", ModelScript.say(100, "hello"));
        var first = ask("x");
        var second = ask("x");
        first.cancel();
        bench.advance(100);

        second.assertCompleted();
    }

    @Test
    void when_all_have_left_the_call_is_closed_and_the_next_begins_anew() {
        var first = ask("x");
        var second = ask("x");
        first.cancel();
        second.cancel();
        assertThat(bench.upstream.openCalls()).isZero();
        ask("x");

        assertThat(bench.upstream.asked()).hasSize(2);
    }

    @Test
    void a_refusal_is_for_all_of_them() {
        bench.upstream.script("a", ModelScript.fail(100, Failure.of(FailureKind.BUSY)));
        var first = ask("x");
        var second = ask("x");
        bench.advance(100);

        first.assertFailedWith(Refused.class);
        second.assertFailedWith(Refused.class);
        assertThat(bench.upstream.asked()).hasSize(1);
    }
}
