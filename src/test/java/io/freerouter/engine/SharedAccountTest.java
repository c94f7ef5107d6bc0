package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.routing.Quota;
import io.freerouter.routing.QuotaRules;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.ScriptedUpstream;
import io.freerouter.testing.SharedAccount;
import java.time.Duration;
import java.util.Random;
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
        bench.upstream(new ScriptedUpstream(bench.time, question -> account.ask()));
        Quota quota = bench.quota(QuotaRules.learnt(), account, MAX_WAIT);
        AccountKeeper keeper = new AccountKeeper(account, quota, bench.time);
        keeper.start();
        bursts(new Random(seed));
        return account;
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
    void after_the_days_last_request_we_make_none_until_midnight(int othersSeconds) {
        SharedAccount account = play(50, othersSeconds, 1);

        assertThat(account.refused()).isZero();
        assertThat(account.answered()).isBetween(othersSeconds == 0 ? 50L : 1L, 50L);
    }

    @Test
    void a_day_used_up_by_others_before_we_began_is_known_from_the_start() {
        SharedAccount account = new SharedAccount(bench.time, 50);
        account.others(60);
        bench.upstream(new ScriptedUpstream(bench.time, question -> account.ask()));
        new AccountKeeper(account, bench.quota(QuotaRules.learnt(), account, MAX_WAIT), bench.time).start();
        bench.complete();

        assertThat(account.refused()).isZero();
        assertThat(account.answered()).isZero();
    }
}
