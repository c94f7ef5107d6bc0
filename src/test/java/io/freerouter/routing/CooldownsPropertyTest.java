package io.freerouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.Verdict;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class CooldownsPropertyTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final ModelId MODEL = new ModelId("a");
    private static final Needs TEXT = TestRequests.needs(List.of());
    private static final CooldownRules RULES = new CooldownRules(
            Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(90), Duration.ofMinutes(15));

    /** Something that happens to a model some time after the last such thing. */
    record Move(long millisLater, Optional<FailureKind> failure, Needs needs, int what) {}

    private static Cooldowns cooldowns(double random) {
        return new Cooldowns(RULES, () -> random);
    }

    @Property
    void without_an_answer_a_cooldown_never_becomes_shorter(
            @ForAll("moves") List<Move> moves,
            @ForAll("needs") Needs seen,
            @ForAll @DoubleRange(max = 1) double random) {
        Cooldowns cooldowns = cooldowns(random);
        Instant now = START;
        for (Move move : moves) {
            Optional<Instant> before = cooldowns.until(MODEL, seen, now);
            Instant earlier = now;
            now = now.plusMillis(move.millisLater());
            Instant later = now;
            Optional<Instant> rest = before.filter(end -> isARest(cooldowns, seen, earlier, end));
            play(cooldowns, move, now);
            rest.filter(later::isBefore).ifPresent(end -> assertThat(cooldowns.until(MODEL, seen, later))
                    .hasValueSatisfying(still -> assertThat(still).isAfterOrEqualTo(end)));
        }
    }

    /** What a model cannot do that is none of the request's needs is nobody else's matter. */
    private static boolean isAboutNeeds(FailureKind kind, Move move) {
        return switch (kind) {
            case UNSUITED -> !move.needs().abilities().isEmpty();
            case NOT_PRIVATE -> move.needs().abilities().contains(Ability.PRIVATE);
            case OUTPUT_TOO_LONG -> move.needs().size().bytes() > 0;
            default -> true;
        };
    }

    /** A rest stays when nobody tries the model any more; waiting for who tries it does not. */
    private static boolean isARest(Cooldowns cooldowns, Needs needs, Instant now, Instant end) {
        IntStream.range(0, 50).forEach(n -> cooldowns.cancelled(MODEL));
        return cooldowns.until(MODEL, needs, now).filter(end::equals).isPresent();
    }

    private static void play(Cooldowns cooldowns, Move move, Instant now) {
        if (move.failure().isPresent()) {
            cooldowns.failed(MODEL, move.needs(), Failure.of(move.failure().get()), now);
        } else if (move.what() == 0) {
            cooldowns.startIf(MODEL, now, any -> true);
        } else {
            cooldowns.cancelled(MODEL);
        }
    }

    @Property
    void a_failure_cools_down_the_model_for_its_own_request_at_least_as_long_as_the_first_time(
            @ForAll("moves") @Size(min = 1) List<Move> moves, @ForAll @DoubleRange(max = 1) double random) {
        Cooldowns cooldowns = cooldowns(random);
        Instant now = START;
        for (Move move : moves) {
            now = now.plusMillis(move.millisLater());
            play(cooldowns, move, now);
            if (move.failure().filter(kind -> isAboutNeeds(kind, move)).isPresent()) {
                Duration first = RULES.first(Failure.of(move.failure().get()), now);
                Instant least = now.plus(first);
                assertThat(cooldowns.until(MODEL, move.needs(), now).orElse(now))
                        .isAfterOrEqualTo(least);
            }
        }
    }

    @Property
    void each_further_failure_cools_down_the_model_longer_up_to_the_limit(
            @ForAll @LongRange(min = 1, max = 2_000_000) long first,
            @ForAll @IntRange(min = 1, max = 40) int failures,
            @ForAll @DoubleRange(max = 1) double random,
            @ForAll @DoubleRange(max = 1) double another) {
        Duration base = Duration.ofMillis(first);
        Duration shorter = RULES.lengthened(base, failures, random);
        Duration longer = RULES.lengthened(base, failures + 1, another);
        Duration most = base.compareTo(RULES.max()) > 0 ? base : RULES.max();

        assertThat(longer).isLessThanOrEqualTo(most);
        assertThat(longer.equals(most) || longer.compareTo(shorter) >= 0).isTrue();
    }

    @Property(tries = 200)
    void of_many_who_come_after_a_cooldown_exactly_one_tries_the_model(
            @ForAll @IntRange(min = 1, max = 20) int callers, @ForAll @LongRange(max = 119_999) long within) {
        Cooldowns cooldowns = cooldowns(0.5);
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.BUSY), START);
        Instant over = START.plusSeconds(60);
        long tried = IntStream.range(0, callers)
                .filter(caller -> {
                    Instant now = over.plusMillis(within * caller / callers);
                    boolean ready = cooldowns.until(MODEL, TEXT, now).isEmpty();
                    if (ready) {
                        cooldowns.startIf(MODEL, now, any -> true);
                    }
                    return ready;
                })
                .count();

        assertThat(tried).isEqualTo(1);
    }

    @Property(tries = 50)
    void nothing_is_lost_between_threads(@ForAll @IntRange(min = 2, max = 6) int threads) throws Exception {
        Cooldowns cooldowns = cooldowns(0.5);
        cooldowns.failed(MODEL, TEXT, Failure.of(FailureKind.BUSY), START);
        Instant over = START.plusSeconds(60);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    go.await();
                    cooldowns.startIf(MODEL, over, any -> true);
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        for (int i = 0; i < threads; i++) {
            assertThat(cooldowns.until(MODEL, TEXT, over)).isPresent();
            cooldowns.cancelled(MODEL);
        }
        assertThat(cooldowns.until(MODEL, TEXT, over)).isEmpty();
    }

    @Property(tries = 200)
    void nothing_is_remembered_for_ever(@ForAll("moves") List<Move> moves) {
        Cooldowns cooldowns = cooldowns(0.5);
        Instant now = START;
        for (Move move : moves) {
            now = now.plusMillis(move.millisLater());
            play(cooldowns, move, now);
        }
        cooldowns.catalogRead(now);
        cooldowns.catalogRead(now.plus(Duration.ofHours(1)));

        assertThat(cooldowns.models).isEmpty();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Long> later = Arbitraries.of(0L, 1L, 14_999L, 15_000L, 60_000L, 90_000L, 120_000L, 900_000L);
        Arbitrary<Optional<FailureKind>> failures = Arbitraries.of(FailureKind.class)
                .filter(kind -> kind.verdict() == Verdict.NEXT)
                .optional(0.6);
        return Combinators.combine(
                        later, failures, needs(), Arbitraries.integers().between(0, 1))
                .as(Move::new)
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<Needs> needs() {
        Arbitrary<Set<Ability>> traits =
                Arbitraries.of(Ability.TOOLS, Ability.IMAGES).set();
        return Combinators.combine(traits, Arbitraries.of(0L, 10L, 20L))
                .as((wanted, bytes) -> TestRequests.needs(List.of(), wanted, bytes));
    }
}
