package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.Experience;
import io.freerouter.routing.Needs;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may come late, when another thread has ended the race meanwhile. */
class RollTest {
    private static final Failure BUSY = Failure.of(FailureKind.BUSY);

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final RecordingListener heard = new RecordingListener(time);
    private final Cooldowns cooldowns = new Cooldowns(new CooldownRules(LONG, LONG, LONG, LONG), () -> 0.5);
    private final ModelHealth health = new ModelHealth(cooldowns, new Experience(), time);
    private final Needs needs = new Needs(List.of());
    private final Roll roll = new Roll(
            1,
            new ChatRequest(needs, true, (model, own, output) -> new byte[0]),
            new CandidateQueue(Stream.of("a", "b", "c").map(RollTest::model).toList(), 8, needs, health, model -> true),
            health,
            time,
            heard);

    private static Model model(String id) {
        return new Model(new ModelId(id), id, 0, 0, 0, false, 0);
    }

    @Test
    void a_failure_of_one_that_was_cancelled_rests_nobody() {
        Roll.Entry entry = roll.next().orElseThrow();

        roll.cancelled(entry);
        roll.lost(entry, BUSY);

        assertThat(heard.lines()).containsExactly("0 ask a", "0 cancel a");
        assertThat(cooldowns.restsUntil(entry.model(), new Needs(List.of()), time.now()))
                .isEmpty();
    }

    @Test
    void an_answer_of_one_that_was_cancelled_is_not_told() {
        Roll.Entry entry = roll.next().orElseThrow();

        roll.cancelled(entry);
        roll.won(entry, "x");

        assertThat(heard.lines()).containsExactly("0 ask a", "0 cancel a");
    }

    @Test
    void when_it_is_closed_whoever_runs_is_cancelled_once() {
        Roll.Entry first = roll.next().orElseThrow();
        roll.next();

        roll.close();
        roll.cancelled(first);
        roll.close();

        assertThat(heard.lines()).containsExactly("0 ask a", "0 ask b", "0 cancel a", "0 cancel b");
    }

    @Test
    void once_it_is_closed_nobody_is_asked() {
        roll.close();

        assertThat(roll.next()).isEmpty();
        assertThat(heard.lines()).isEmpty();
    }
}
