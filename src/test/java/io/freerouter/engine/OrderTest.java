package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.FailureKind;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import org.junit.jupiter.api.Test;

class OrderTest {
    private final RouterBench bench = RouterBench.with("large", "small");

    @Test
    void by_context_a_model_that_failed_is_asked_first_again_after_its_rest() {
        firstFailsOnce();

        assertThat(bench.upstream.asked()).containsExactly("large", "small", "large", "small");
    }

    @Test
    void by_experience_a_model_that_failed_is_asked_later_even_after_its_rest() {
        bench.order(OrderPolicy.ADAPTIVE);
        firstFailsOnce();

        assertThat(bench.upstream.asked()).containsExactly("large", "small", "small");
    }

    private void firstFailsOnce() {
        bench.upstream.script("large", ModelScript.fail(10, RouterBench.failure(FailureKind.BUSY, 503)));
        bench.upstream.script("small", ModelScript.say(10, "x").complete(20));
        bench.complete();
        bench.advance(61_000);
        bench.complete();
        bench.advance(1_000);
    }
}
