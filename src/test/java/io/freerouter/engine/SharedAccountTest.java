package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.routing.Quota;
import io.freerouter.testing.Gates;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.ScriptedUpstream;
import io.freerouter.testing.SharedAccount;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hours of bursts on an account that others use as well, which counts by the clock. */
class SharedAccountTest {
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final RouterBench bench = RouterBench.with("a", "b", "c");

    private SharedAccount play(long day, int othersSeconds, long seed) {
        SharedAccount account = new SharedAccount(bench.time, day);
        if (othersSeconds > 0) {
            account.othersEvery(Duration.ofSeconds(othersSeconds));
        }
        start(account);
        bursts(new Random(seed));
        return account;
    }

    private void start(SharedAccount account) {
        bench.upstream(new ScriptedUpstream(bench.time, question -> account.ask()));
        Quota quota = bench.quota(Gates.UNCONFIGURED, account, MAX_WAIT);
        new AccountKeeper(account, quota, bench.time).start();
    }

    private List<UniAssertSubscriber<Answer<Completion>>> burst(int count) {
        return Stream.generate(bench::complete).limit(count).toList();
    }

    private void bursts(Random random) {
        for (long millis = 0; millis < TWO_HOURS.toMillis(); ) {
            for (int n = random.nextInt(12); n > 0; n--) {
                bench.complete();
            }
            long pause = random.nextInt(15_000);
            bench.advance(pause);
            millis += pause;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void alone_we_never_make_the_minutes_twenty_first_request(long seed) {
        SharedAccount account = play(100_000, 0, seed);

        assertThat(account.refused()).isZero();
        assertThat(account.answered()).isGreaterThan(19 * 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 10, 30})
    void beside_others_we_leave_them_their_share_of_every_minute(int othersSeconds) {
        SharedAccount account = play(100_000, othersSeconds, 1);

        assertThat(account.refused()).isZero();
        assertThat(account.answered()).isGreaterThan((long) (0.6 * 120 * (20 - 60 / othersSeconds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 30})
    void after_the_days_last_request_we_make_one_more_until_midnight_to_see_whether_that_is_so(int othersSeconds) {
        SharedAccount account = play(50, othersSeconds, 1);

        assertThat(account.refused()).isEqualTo(1);
        assertThat(account.answered()).isBetween(othersSeconds == 0 ? 50L : 1L, 50L);
    }

    @Test
    void a_days_limit_that_is_not_enforced_costs_ten_minutes_and_no_more() {
        SharedAccount account = new SharedAccount(bench.time, 50);
        account.exempt();
        start(account);
        bursts(new Random(1));

        assertThat(account.answered()).isGreaterThan(19 * 100);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 37, 44, 49})
    void all_the_requests_that_a_day_has_left_are_made_however_fast_they_come(long before) {
        SharedAccount account = new SharedAccount(bench.time, 50);
        account.others(before);
        bench.advance(130_000);
        start(account);
        for (long left = 50 - before; left > 0; left--) {
            var next = bench.complete();
            bench.advance(400);
            next.assertCompleted();
        }

        bench.complete();
        assertThat(account.refused()).isZero();
        assertThat(account.answered()).isEqualTo(50 - before);
    }

    @Test
    void a_day_used_up_by_others_before_we_began_is_tried_by_the_first_request_and_no_other() {
        SharedAccount account = new SharedAccount(bench.time, 50);
        account.others(60);
        start(account);
        bench.complete();
        bench.complete();

        assertThat(account.refused()).isEqualTo(1);
        assertThat(account.answered()).isZero();
    }

    @Test
    void a_restart_in_a_minute_that_is_used_up_costs_two_requests_and_no_more() {
        SharedAccount account = new SharedAccount(bench.time, 1000);
        bench.advance(10_000);
        start(account);
        burst(20);
        bench.advance(10_000);
        start(account);
        burst(20);
        bench.advance(39_000);
        assertThat(account.refused()).isEqualTo(2);

        bench.advance(62_000);
        burst(20);
        bench.advance(1_000);
        assertThat(account.refused()).isEqualTo(2);
        assertThat(account.answered()).isGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void restarts_at_any_moment_cost_two_requests_each_at_most(long seed) {
        SharedAccount account = new SharedAccount(bench.time, 100_000);
        account.othersEvery(Duration.ofSeconds(6));
        Random random = new Random(seed);
        for (int starts = 1; starts <= 200; starts++) {
            start(account);
            List<UniAssertSubscriber<?>> requests = new ArrayList<>();
            for (int bursts = random.nextInt(6); bursts > 0; bursts--) {
                requests.addAll(burst(random.nextInt(25)));
                bench.advance(random.nextInt(12_000));
            }
            requests.forEach(UniAssertSubscriber::cancel);
            assertThat(account.refused()).isLessThanOrEqualTo(2L * starts);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 10})
    void a_burst_at_the_start_beside_others_costs_two_requests_at_most(int othersSeconds) {
        SharedAccount account = new SharedAccount(bench.time, 1000);
        account.othersEvery(Duration.ofSeconds(othersSeconds));
        bench.advance(90_000);
        start(account);
        burst(20);
        bench.advance(120_000);

        assertThat(account.refused()).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 19})
    void a_burst_at_the_start_of_a_day_that_has_room_for_it_waits_for_nothing(long before) {
        SharedAccount account = new SharedAccount(bench.time, 1000);
        account.others(before);
        bench.advance(30_000);
        start(account);
        var requests = burst((int) (20 - before));
        bench.advance(400);

        requests.forEach(UniAssertSubscriber::assertCompleted);
        assertThat(account.refused()).isZero();
    }

    @Test
    void an_agent_that_begins_with_two_at_once_and_goes_on_one_by_one_waits_for_nothing() {
        SharedAccount account = new SharedAccount(bench.time, 1000);
        account.others(500);
        bench.advance(130_000);
        start(account);
        var both = burst(2);
        bench.advance(400);
        both.forEach(UniAssertSubscriber::assertCompleted);

        for (int n = 0; n < 10; n++) {
            var next = bench.complete();
            bench.advance(400);
            next.assertCompleted();
        }
    }

    @Test
    void a_burst_of_all_the_minutes_requests_at_the_start_is_answered_within_the_longest_wait() {
        SharedAccount account = new SharedAccount(bench.time, 1000);
        account.others(500);
        bench.advance(100_000);
        start(account);
        var requests = burst(20);
        bench.advance(MAX_WAIT.toMillis());

        requests.forEach(UniAssertSubscriber::assertCompleted);
        assertThat(account.refused()).isZero();
    }
}
