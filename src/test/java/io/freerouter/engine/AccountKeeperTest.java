package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.Account.Daily;
import io.freerouter.routing.Quota;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A look at the upstream's count, which is taken before the last of a limit is spent. */
class AccountKeeperTest {
    private static final Account FEW_LEFT = new Account(Optional.of(true), Optional.of(new Daily(45, 50)));

    private final ManualTime time = new ManualTime();
    private Uni<Account> answer = Uni.createFrom().item(FEW_LEFT);
    private final AccountKeeper keeper = new AccountKeeper(() -> answer, new Quota(Gates.UNCONFIGURED), time);

    private UniAssertSubscriber<Void> look() {
        return keeper.freshCount().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Test
    void a_fresh_count_needs_no_look() {
        keeper.start();
        answer = Uni.createFrom().nothing();

        look().assertCompleted();
    }

    @Test
    void a_look_is_waited_for_at_most_a_second() {
        keeper.start();
        answer = Uni.createFrom().nothing();
        advance(5_000);
        var look = look();
        advance(999);
        look.assertNotTerminated();
        advance(1);

        look.assertCompleted();
    }

    @Test
    void after_a_look_without_an_answer_none_is_waited_for_in_a_while() {
        keeper.start();
        answer = Uni.createFrom().nothing();
        advance(5_000);
        look();
        advance(7_000);

        look().assertCompleted();
    }

    @Test
    void an_account_that_never_told_anything_is_not_looked_at() {
        answer = Uni.createFrom().failure(new IllegalStateException("no such path"));
        keeper.start();
        advance(60_000);

        look().assertCompleted();
        assertThat(keeper.latest()).isEmpty();
    }

    @Test
    void a_day_that_is_only_used_up_if_requests_were_counted_twice_is_looked_at_once_more() {
        Quota quota = new Quota(Gates.UNCONFIGURED);
        AccountKeeper ofLast = new AccountKeeper(() -> answer, quota, time);
        answer = Uni.createFrom().item(new Account(Optional.of(true), Optional.of(new Daily(49, 50))));
        ofLast.start();
        advance(5_000);
        assertThat(quota.take(time.now())).isEmpty();
        var look = ofLast.freshCount().subscribe().withSubscriber(UniAssertSubscriber.create());
        assertThat(quota.spent(0, time.now())).isPresent();
        look.assertNotTerminated();
        advance(500);

        look.assertCompleted();
        assertThat(quota.spent(0, time.now())).isEmpty();
    }

    @Test
    void whoever_comes_during_a_look_waits_for_it_as_well() {
        keeper.start();
        List<UniEmitter<? super Account>> looks = new ArrayList<>();
        answer = Uni.createFrom().emitter(looks::add);
        advance(5_000);
        var first = look();
        advance(100);
        var second = look();
        second.assertNotTerminated();
        assertThat(looks).hasSize(1);
        looks.get(0).complete(FEW_LEFT);

        first.assertCompleted();
        second.assertCompleted();
    }
}
