package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.engine.RandomRace.Play;
import io.freerouter.failure.FailureKind;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class RacePropertyTest {
    /** A failure that nobody is left to hear of is dropped, which would be printed. */
    @BeforeContainer
    static void dropQuietly() {
        Infrastructure.setDroppedExceptionHandler(failure -> {});
    }

    @AfterContainer
    static void dropAsUsual() {
        Infrastructure.resetDroppedExceptionHandler();
    }

    @Property(tries = 10_000)
    void every_race_ends_in_time_with_the_answer_of_the_model_it_names(@ForAll("races") RandomRace race) {
        RandomRace.Run run = race.run();

        run.toItsEnd();

        run.assertThatTheRulesWereKept();
        run.assertThatTheAnswerIsOfTheModelNamed();
        run.assertThatAllIsOver();
    }

    @Property(tries = 3_000)
    void whenever_the_caller_leaves_nothing_stays_open(
            @ForAll("races") RandomRace race, @ForAll("moments") long moment) {
        RandomRace.Run run = race.run();

        run.leaveAt(moment);

        run.assertThatTheRulesWereKept();
        run.assertThatAllIsOver();
    }

    @Property(tries = 2_000)
    void whatever_event_the_caller_leaves_in_nothing_stays_open(
            @ForAll("races") RandomRace race, @ForAll("events") int event) {
        RandomRace.Run run = race.run();

        run.leaveInEvent(event);

        run.assertThatTheRulesWereKept();
        run.assertThatAllIsOver();
    }

    @Property(tries = 2_000)
    void the_same_race_runs_the_same_way_again(@ForAll("races") RandomRace race) {
        RandomRace.Run once = race.run();
        RandomRace.Run again = race.run();

        once.toItsEnd();
        again.toItsEnd();

        assertThat(again.lines()).isEqualTo(once.lines());
    }

    @Property(tries = 2_000)
    void a_race_of_one_is_plain_fallback(@ForAll("races") RandomRace race) {
        RandomRace alone = race.alone();
        RandomRace.Run run = alone.run();

        run.race();

        assertThat(run.outline()).isEqualTo(alone.fallback());
    }

    @Provide
    Arbitrary<RandomRace> races() {
        return Combinators.combine(
                        plays().list().ofMinSize(1).ofMaxSize(8),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(0L, 0L, 1L, 50L, 100L, 8_000L, 30_000L, 40_000L),
                        Arbitraries.integers().between(1, 9))
                .as(RandomRace::new);
    }

    @Provide
    Arbitrary<Integer> events() {
        return Arbitraries.integers().between(0, 20);
    }

    @Provide
    Arbitrary<Long> moments() {
        return Arbitraries.oneOf(
                times(),
                Arbitraries.longs().between(0, 1_000),
                Arbitraries.longs().between(0, 300_000));
    }

    private static Arbitrary<Play> plays() {
        Arbitrary<Play.Way> ways = Arbitraries.frequency(
                Tuple.of(5, Play.Way.FAIL),
                Tuple.of(1, Play.Way.HANG),
                Tuple.of(1, Play.Way.STALL),
                Tuple.of(1, Play.Way.BREAK),
                Tuple.of(2, Play.Way.ANSWER));
        return Combinators.combine(ways, times(), times(), Arbitraries.of(FailureKind.class))
                .as(Play::new);
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.of(0L, 0L, 1L, 50L, 50L, 100L, 8_000L, 29_999L, 30_000L, 30_001L);
    }
}
