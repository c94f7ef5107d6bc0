package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final RouterBench bench = RouterBench.with("a", "b");

    @Test
    void a_stream_without_a_first_token_has_until_its_limit() {
        bench.stream();
        bench.advance(29_999);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a");
    }

    @Test
    void a_stream_without_a_first_token_at_its_limit_is_left_for_the_next_model() {
        bench.stream();
        bench.advance(30_000);

        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "30000 fail a timed out, cools down until 45000", "30000 ask b");
        assertThat(bench.upstream.openCalls()).isEqualTo(1);
    }

    @Test
    void a_whole_answer_has_the_total_time() {
        bench.complete();
        bench.advance(119_999);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a");
    }

    @Test
    void a_whole_answer_that_is_late_is_left_for_the_next_model() {
        bench.complete();
        bench.advance(120_000);

        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "120000 fail a timed out, cools down until 135000", "120000 ask b");
    }

    @Test
    void every_attempt_has_the_limit_for_itself() {
        bench.upstream.script("b", ModelScript.say(29_999, "x"));

        var request = bench.stream();
        bench.advance(59_999);

        request.assertCompleted();
    }

    @Test
    void the_limit_ends_with_the_answer() {
        bench.upstream.script("a", ModelScript.say(100, "x").complete(200));

        var request = bench.stream();
        bench.advance(300);
        var reader = RouterBench.read(request, Long.MAX_VALUE);
        bench.advance(200_000);

        reader.assertCompleted();
        assertThat(bench.time.pending())
                .as("timers left, but for the catalog's")
                .isEqualTo(1);
    }

    @Test
    void a_first_token_in_the_very_moment_of_the_limit_leads_to_one_outcome() {
        bench.upstream.script("a", ModelScript.say(30_000, "x"));
        bench.upstream.script("b", ModelScript.say(1, "y"));

        var request = bench.stream();
        bench.advance(30_001);
        RouterBench.read(request, 1).cancel();

        assertThat(bench.upstream.openCalls()).isZero();
        assertThat(bench.recorded.lines().stream().filter(line -> line.contains(" answer ")))
                .hasSize(1);
    }
}
