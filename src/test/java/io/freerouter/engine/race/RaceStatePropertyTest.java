package io.freerouter.engine.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.race.RaceState.Consequence;
import io.freerouter.engine.race.RaceState.Launch;
import io.freerouter.engine.race.RaceState.Step;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import io.freerouter.routing.CandidateOrder.Candidate;
import io.freerouter.routing.RequestSize;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.RouterBench;
import io.freerouter.testing.TestModels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Plays random races against the decisions alone, without Mutiny, threads or timers. */
class RaceStatePropertyTest {
    /** What is known of a model: the same for as long as the race takes, except that one attempt may start on it. */
    private enum Condition {
        READY,
        COOLING,
        UNABLE,
        PROBED,
        GONE
    }

    /** Carries a race's decisions out, with random outcomes, and keeps an account of what was decided. */
    private static final class Player implements ModelReadiness {
        private final Random random;
        private final int width;
        private final int most;
        private final List<Condition> conditions;
        private final RaceState state;
        private final Set<Integer> idleLanes = new TreeSet<>();
        private final List<Launch> launched = new ArrayList<>();
        private final Set<Launch> ended = new HashSet<>();
        private Instant now = ManualTime.START;
        private int decisions;
        private boolean abandoned;

        Player(Random random, int width, int most, int models) {
            this.random = random;
            this.width = width;
            this.most = most;
            this.conditions = IntStream.range(0, models)
                    .mapToObj(n -> Condition.values()[random.nextInt(Condition.values().length)])
                    .toList();
            Duration delay = Duration.ofMillis(random.nextInt(3) * 100L);
            this.state = new RaceState(most, width, model -> delay, this, new RequestSize(0, 0, 0));
            state.begin(IntStream.range(0, models)
                    .mapToObj(n -> new Candidate(model(n), Optional.empty()))
                    .iterator());
        }

        private Model model(int number) {
            long context = random.nextInt(3) * 1_000L;
            return TestModels.able(new ModelId("m" + number), "", 0, context, 0, false, 0);
        }

        private Condition condition(Model model) {
            return conditions.get(Integer.parseInt(model.id().value().substring(1)));
        }

        @Override
        public boolean isFree(Model model) {
            return condition(model) != Condition.GONE;
        }

        @Override
        public boolean startIfReady(Model model, Instant moment) {
            return condition(model) == Condition.READY;
        }

        @Override
        public boolean startEarly(Model model, Instant moment) {
            return condition(model) != Condition.PROBED;
        }

        @Override
        public boolean isUnable(Model model, Instant moment) {
            return condition(model) == Condition.UNABLE;
        }

        @Override
        public Instant readyAt(Model model, Instant moment) {
            return moment;
        }

        /** Plays until nothing can happen any more; always ends, since each turn uses something up. */
        void play(boolean mayBeAbandoned) {
            for (int turn = 0; turn < 1_000 && !isOver(); turn++) {
                turn(mayBeAbandoned);
                assertThat(state.running.size()).isLessThanOrEqualTo(width);
            }
        }

        private boolean isOver() {
            return state.isOver();
        }

        private void turn(boolean mayBeAbandoned) {
            Step step = state.next(now);
            if (step instanceof Step.OpenLane) {
                idleLanes.add(state.openLane());
            } else if (!idleLanes.isEmpty()) {
                goOn(idleLanes.iterator().next());
            } else if (mayBeAbandoned && random.nextInt(20) == 0) {
                abandoned = state.abandon();
            } else if (random.nextInt(30) == 0) {
                decided(state.deadlinePassed(launch -> true));
            } else if (step instanceof Step.WaitUntil wait && random.nextBoolean()) {
                now = wait.moment();
            } else {
                List<Launch> running = List.copyOf(state.running.values());
                end(running.get(random.nextInt(running.size())));
            }
        }

        private void goOn(int lane) {
            idleLanes.remove(lane);
            if (random.nextInt(15) == 0) {
                state.notAdmitted(new Refusal.QuotaSpent(QuotaWindow.MINUTE, OptionalLong.empty(), now, 0));
                decided(state.laneEnded(lane));
                return;
            }
            Optional<Launch> launch = state.hasCandidate(now) ? state.launch(lane, now) : Optional.empty();
            launch.ifPresent(launched::add);
            if (launch.isEmpty()) {
                decided(state.laneEnded(lane));
            }
        }

        private void end(Launch launch) {
            now = now.plusMillis(random.nextInt(100));
            assertThat(ended.add(launch)).isTrue();
            Consequence consequence =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(3) == 0 ? state.answered(launch) : state.answeredEmpty(launch);
                        default -> state.failed(launch, RouterBench.failure(kind(), 400));
                    };
            decided(consequence);
            if (consequence == Consequence.GO_ON) {
                idleLanes.add(launch.lane());
            }
        }

        private FailureKind kind() {
            return FailureKind.values()[random.nextInt(FailureKind.values().length)];
        }

        private void decided(Consequence consequence) {
            decisions += consequence == Consequence.DECIDED ? 1 : 0;
        }
    }

    @Property(tries = 5_000)
    void every_race_ends_with_one_winner_or_one_refusal(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 9) int most,
            @ForAll @IntRange(max = 10) int models) {
        Player player = new Player(random, width, most, models);

        player.play(false);

        assertThat(player.isOver()).isTrue();
        assertThat(player.decisions).isOne();
        assertThat(player.state.winner().isPresent() || player.state.refusal(player.now) != null)
                .isTrue();
        player.state.winner().ifPresent(winner -> assertThat(player.ended).contains(winner));
    }

    @Property(tries = 5_000)
    void no_model_is_asked_twice_and_none_that_may_not(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 9) int most,
            @ForAll @IntRange(max = 10) int models) {
        Player player = new Player(random, width, most, models);

        player.play(true);

        assertThat(player.launched.stream().map(Launch::id)).doesNotHaveDuplicates();
        assertThat(player.launched).hasSizeLessThanOrEqualTo(player.most);
        assertThat(player.launched)
                .extracting(launch -> player.condition(launch.model()))
                .doesNotContain(Condition.GONE, Condition.PROBED);
        assertThat(player.launched.stream().filter(launch -> player.condition(launch.model()) != Condition.READY))
                .hasSizeLessThanOrEqualTo(RaceState.MOST_COOLING);
        assertThat(player.launched.stream().filter(launch -> player.condition(launch.model()) == Condition.UNABLE))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(player.state.asked()).isEqualTo(player.launched.size());
    }

    @Property(tries = 5_000)
    void whoever_has_not_ended_is_left_to_be_cancelled_and_nobody_else(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(max = 10) int models) {
        Player player = new Player(random, width, 9, models);

        player.play(true);

        List<Launch> left = new ArrayList<>(player.launched);
        left.removeAll(player.ended);
        assertThat(player.state.running.values()).containsExactlyInAnyOrderElementsOf(left);
    }

    @Property(tries = 2_000)
    void once_it_is_over_nothing_begins_and_nothing_decides_it_again(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(max = 10) int models) {
        Player player = new Player(random, width, 9, models);

        player.play(true);
        Optional<Launch> winner = player.state.winner();

        assertThat(player.state.next(player.now)).isInstanceOf(Step.Nothing.class);
        assertThat(player.state.hasCandidate(player.now)).isFalse();
        assertThat(player.state.launch(0, player.now)).isEmpty();
        assertThat(player.state.deadlinePassed(launch -> true)).isEqualTo(Consequence.LATE);
        assertThat(player.state.abandon()).isFalse();
        for (Launch late : List.copyOf(player.state.running.values())) {
            assertThat(player.state.answered(late)).isEqualTo(Consequence.LATE);
        }
        assertThat(player.state.winner()).isEqualTo(winner);
        assertThat(player.abandoned && winner.isPresent()).isFalse();
    }
}
