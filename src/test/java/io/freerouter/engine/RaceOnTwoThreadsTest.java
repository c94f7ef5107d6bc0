package io.freerouter.engine;

import static io.freerouter.testing.RouterBench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.HedgingPolicy;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.OrderPolicy;
import io.freerouter.routing.RaceRules;
import io.freerouter.testing.Gates;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.RecordingListener;
import io.freerouter.testing.Routers;
import io.freerouter.testing.ScriptedCatalogs;
import io.freerouter.testing.TestRequests;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RaceOnTwoThreadsTest {
    private static final int ROUNDS = 3_000;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);
    private static final Failure REJECTED = failure(FailureKind.REJECTED, 400);

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);

    /** A failure that nobody is left to hear of is dropped, which would be printed. */
    @BeforeAll
    static void dropQuietly() {
        Infrastructure.setDroppedExceptionHandler(failure -> {});
    }

    @AfterAll
    static void stop() {
        Infrastructure.resetDroppedExceptionHandler();
        THREADS.shutdownNow();
    }

    /** A race between the first two of four models, with nothing said yet. */
    private static final class Round {
        final ManualTime time = new ManualTime();
        final HandUpstream upstream = new HandUpstream();
        final RecordingListener recorded = new RecordingListener(time);
        final UniAssertSubscriber<Answer<OpenStream>> caller;

        Round() {
            ScriptedCatalogs catalogs = new ScriptedCatalogs(time);
            catalogs.free("a", "b", "c", "d");
            CatalogKeeper keeper = new CatalogKeeper(catalogs, LONG, time, event -> {});
            keeper.start();
            ModelHealth health = new ModelHealth(
                    new Cooldowns(new CooldownRules(LONG, LONG, LONG, LONG), () -> 0.5), new ModelStatistics(), time);
            Router router = Routers.of(
                    keeper,
                    upstream,
                    health,
                    Gates.open(time),
                    OrderPolicy.CONTEXT,
                    new RaceRules(4, LONG, LONG, LONG, LONG),
                    time,
                    recorded);
            caller = router.stream(
                            TestRequests.chat(TestRequests.needs(List.of()), true, (model, own, output) -> List.of()),
                            new HedgingPolicy(2, Duration.ZERO, Duration.ZERO))
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create());
            time.advance(Duration.ZERO);
        }

        void meet(Consumer<Round> one, Consumer<Round> other) throws Exception {
            CyclicBarrier together = new CyclicBarrier(2);
            Future<?> first = start(together, one);
            Future<?> second = start(together, other);
            first.get();
            second.get();
            time.advance(Duration.ZERO);
        }

        private Future<?> start(CyclicBarrier together, Consumer<Round> act) {
            return THREADS.submit(() -> {
                together.await();
                act.accept(this);
                return null;
            });
        }

        boolean answered() {
            return caller.getItem() != null;
        }

        long count(String what) {
            return recorded.lines().stream()
                    .filter(line -> line.matches("0 " + what + ".*"))
                    .count();
        }

        void assertThatNothingLeaks() {
            assertThat(upstream.openCalls())
                    .as("open calls, %s", recorded.lines())
                    .isEqualTo(answered() ? 1 : 0);
            assertThat(count("(answer|fail|cancel)"))
                    .as("ends, %s", recorded.lines())
                    .isEqualTo(count("ask"));
            assertThat(time.pending()).as("timers, but for the catalog's").isEqualTo(1);
        }
    }

    private static void rounds(Consumer<Round> one, Consumer<Round> other, Consumer<Round> check) throws Exception {
        for (int n = 0; n < ROUNDS; n++) {
            Round round = new Round();
            round.meet(one, other);
            check.accept(round);
        }
    }

    @Test
    void of_two_that_speak_at_once_exactly_one_wins_and_the_other_is_closed() throws Exception {
        rounds(round -> round.upstream.answer("a"), round -> round.upstream.answer("b"), round -> {
            assertThat(round.answered()).isTrue();
            assertThat(round.count("answer " + round.caller.getItem().model())).isEqualTo(1);
            assertThat(round.count("answer")).isEqualTo(1);
            round.assertThatNothingLeaks();
        });
    }

    @Test
    void an_answer_and_a_rejection_at_once_are_either_an_answer_or_a_refusal() throws Exception {
        rounds(round -> round.upstream.answer("a"), round -> round.upstream.fail("b", REJECTED), round -> {
            assertThat(round.answered()).isEqualTo(round.caller.getFailure() == null);
            assertThat(round.count("answer")).isEqualTo(round.answered() ? 1 : 0);
            round.assertThatNothingLeaks();
        });
    }

    @Test
    void a_failure_beside_an_answer_leaves_nobody_asked_in_vain() throws Exception {
        rounds(round -> round.upstream.answer("a"), round -> round.upstream.fail("b", BUSY), round -> {
            assertThat(round.answered()).isTrue();
            round.assertThatNothingLeaks();
        });
    }

    @Test
    void a_failure_beside_a_rejection_leaves_nobody_asked_in_vain() throws Exception {
        rounds(round -> round.upstream.fail("a", REJECTED), round -> round.upstream.fail("b", BUSY), round -> {
            assertThat(round.caller.getFailure()).isNotNull();
            round.assertThatNothingLeaks();
        });
    }

    @Test
    void an_answer_that_meets_a_leaving_caller_is_either_delivered_or_closed() throws Exception {
        rounds(round -> round.upstream.answer("b"), round -> round.caller.cancel(), Round::assertThatNothingLeaks);
    }

    @Test
    void a_failure_that_meets_a_leaving_caller_asks_nobody_in_vain() throws Exception {
        rounds(round -> round.upstream.fail("a", BUSY), round -> round.caller.cancel(), Round::assertThatNothingLeaks);
    }

    @Test
    void two_failures_at_once_are_replaced_by_two_others() throws Exception {
        rounds(round -> round.upstream.fail("a", BUSY), round -> round.upstream.fail("b", BUSY), round -> {
            assertThat(round.upstream.openCalls()).isEqualTo(2);
            round.caller.cancel();
            round.assertThatNothingLeaks();
        });
    }
}
