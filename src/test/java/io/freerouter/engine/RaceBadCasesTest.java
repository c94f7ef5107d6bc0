package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.failure;
import static io.freerouter.testing.RouterBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RouterEvent.Answered;
import io.freerouter.engine.RouterEvent.Asked;
import io.freerouter.engine.RouterEvent.Cancelled;
import io.freerouter.engine.RouterEvent.Failed;
import io.freerouter.failure.AttemptException;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.Refusal;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RaceBadCasesTest {
    private final RouterBench bench = RouterBench.with("a", "b", "c");

    @AfterEach
    void no_call_stays_open_and_no_timer_but_the_catalogs() {
        assertThat(bench.upstream.openCalls()).as("open calls").isZero();
        assertThat(bench.time.pending()).as("timers").isEqualTo(1);
    }

    private void script(String model, ModelScript script) {
        bench.upstream.script(model, script);
    }

    @Test
    void when_all_hang_each_times_out_and_the_race_is_lost() {
        var request = bench.hedging(2, 100).stream();
        bench.advance(60_000);

        assertThat(refusal(request)).isInstanceOf(Refusal.AllFailed.class);
        assertThat(bench.recorded.lines())
                .containsExactly(
                        "0 ask a",
                        "100 ask b",
                        "30000 fail a timed out, cools down until 45000",
                        "30000 ask c",
                        "30100 fail b timed out, cools down until 45100",
                        "60000 fail c timed out, cools down until 75000");
    }

    @Test
    void when_all_are_slow_the_least_slow_answers() {
        script("a", ModelScript.say(29_999, "x"));
        script("b", ModelScript.say(25_000, "x"));

        var request = bench.hedging(2, 8_000).stream();
        bench.advance(29_999);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "8000 ask b", "29999 answer a", "29999 cancel b");
        request.getItem().content().close();
    }

    @Test
    void a_winner_that_stalls_is_an_error_long_after_the_losers_are_gone() {
        script("a", ModelScript.say(100, "x"));
        var request = bench.hedging(3, 0).stream();
        bench.advance(100);

        var reader = RouterBench.read(request, 10);
        bench.advance(60_000);

        reader.assertFailedWith(AttemptException.class, "timed out").assertItems("x");
        assertThat(bench.recorded.lines())
                .containsExactly(
                        "0 ask a",
                        "0 ask b",
                        "0 ask c",
                        "100 answer a",
                        "100 cancel b",
                        "100 cancel c",
                        "60100 break a timed out, cools down until 75100");
    }

    @Test
    void two_that_speak_in_the_same_millisecond_are_one_winner_and_one_loser() {
        script("a", ModelScript.say(100, "x"));
        script("b", ModelScript.say(50, "y"));

        var request = bench.hedging(2, 50).stream();
        bench.advance(100);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "50 ask b", "100 answer a", "100 cancel b");
        assertThat(bench.upstream.openCalls()).isEqualTo(1);
        request.getItem().content().close();
    }

    @Test
    void a_token_in_the_instant_the_next_lane_opens_wins_over_it() {
        script("a", ModelScript.say(100, "x"));

        var request = bench.hedging(2, 100).stream();
        bench.advance(100);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "100 ask b", "100 answer a", "100 cancel b");
        request.getItem().content().close();
    }

    @Test
    void a_caller_may_leave_between_the_win_and_the_first_read() {
        script("b", ModelScript.say(100, "x"));
        var request = bench.hedging(3, 0).stream();
        bench.advance(100);

        RouterBench.read(request, 0).cancel();

        assertThat(bench.recorded.lines()).endsWith("100 answer b", "100 cancel a", "100 cancel c", "100 leave");
    }

    @Test
    void a_caller_that_leaves_in_mid_race_closes_every_call_and_no_lane_opens_any_more() {
        var request = bench.hedging(3, 100).stream();
        bench.advance(150);

        request.cancel();
        bench.advance(100_000);

        assertThat(bench.recorded.lines())
                .containsExactly("0 ask a", "100 ask b", "150 leave", "150 cancel a", "150 cancel b");
    }

    static Stream<Class<? extends RouterEvent>> moments() {
        return Stream.of(Asked.class, Failed.class, Answered.class, Cancelled.class);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void a_caller_may_leave_from_within_any_event(Class<? extends RouterEvent> moment) {
        script("a", ModelScript.fail(150, Failure.of(FailureKind.BUSY)));
        script("b", ModelScript.say(200, "x"));
        UniAssertSubscriber<?>[] request = new UniAssertSubscriber<?>[1];
        bench.alsoTell(event -> {
            if (moment.isInstance(event) && request[0] != null) {
                request[0].cancel();
            }
        });

        request[0] = bench.hedging(3, 100).stream();
        bench.advance(100_000);

        List<String> lines = bench.recorded.lines();
        assertThat(lines.subList(lines.indexOf(leave(lines)), lines.size()))
                .noneMatch(line -> line.contains(" ask "))
                .noneMatch(line -> line.contains(" fail "));
        assertThat(lines.stream().filter(line -> line.contains(" ask ")))
                .hasSameSizeAs(lines.stream()
                        .filter(line -> line.matches(".* (fail|answer|cancel) .*"))
                        .toList());
    }

    private static String leave(List<String> lines) {
        return lines.stream()
                .filter(line -> line.endsWith(" leave"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_a_loser_would_have_said_after_the_win_cools_down_nobody() {
        script("a", ModelScript.say(100, "hello"));
        script("b", ModelScript.fail(101, failure(FailureKind.RATE_LIMITED, 429)));

        bench.hedging(2, 0).complete();
        bench.advance(1_000);

        assertThat(bench.recorded.lines()).containsExactly("0 ask a", "0 ask b", "100 answer a", "100 cancel b");
        assertThat(bench.cooldowns.until(new ModelId("b"), TestRequests.needs(List.of()), bench.time.now()))
                .isEmpty();
    }

    @Test
    void a_model_that_leaves_the_catalog_in_mid_race_is_not_asked_any_more() {
        bench.advance(599_910);
        bench.catalogs.free("a", "c");
        script("c", ModelScript.say(50, "hello"));

        bench.hedging(2, 150).complete();
        bench.advance(200);

        assertThat(bench.recorded.lines())
                .containsExactly(
                        "599910 ask a", "600010 catalog a c", "600060 ask c", "600110 answer c", "600110 cancel a");
    }

    @Test
    void a_model_that_leaves_the_catalog_while_it_runs_may_still_win() {
        bench.advance(599_910);
        bench.catalogs.free("c");
        script("a", ModelScript.say(200, "hello"));

        bench.hedging(2, 150).complete().assertSubscribed();
        bench.advance(200);

        assertThat(bench.recorded.lines())
                .containsExactly(
                        "599910 ask a", "600010 catalog c", "600060 ask c", "600110 answer a", "600110 cancel c");
    }

    @Test
    void a_thousand_races_at_once_have_a_thousand_winners() {
        script("a", ModelScript.say(300, "slow"));
        script("b", ModelScript.say(100, "fast"));
        bench.hedging(3, 0);

        List<UniAssertSubscriber<Answer<OpenStream>>> requests =
                Stream.generate(() -> bench.stream()).limit(1_000).toList();
        bench.advance(100);

        assertThat(requests)
                .allMatch(request -> request.getItem().model().value().equals("b"));
        assertThat(bench.upstream.asked()).hasSize(3_000);
        assertThat(bench.upstream.openCalls()).isEqualTo(1_000);
        requests.forEach(request -> request.getItem().content().close());
    }
}
