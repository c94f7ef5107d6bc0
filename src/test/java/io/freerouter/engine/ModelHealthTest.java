package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.routing.CooldownRules;
import io.freerouter.routing.Cooldowns;
import io.freerouter.routing.ModelStatistics;
import io.freerouter.routing.Needs;
import io.freerouter.testing.ManualTime;
import io.freerouter.testing.TestModels;
import io.freerouter.testing.TestRequests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelHealthTest {
    private static final Model MODEL = TestModels.able(new ModelId("a"), "A", 0, 0, 0, false, 0.5);

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Needs NEEDS = TestRequests.needs(List.of());

    private final ManualTime time = new ManualTime();
    private final ModelStatistics statistics = new ModelStatistics();
    private final ModelHealth health =
            new ModelHealth(new Cooldowns(new CooldownRules(LONG, LONG, LONG, LONG), () -> 0.5), statistics, time);

    @Test
    void an_answer_raises_the_score() {
        double before = statistics.score(MODEL, true, time.now());
        health.answered(MODEL.id(), NEEDS, true, Duration.ofMillis(300), time.now());

        assertThat(statistics.score(MODEL, true, time.now())).isGreaterThan(before);
    }

    @Test
    void a_failure_lowers_the_score() {
        double before = statistics.score(MODEL, true, time.now());
        health.failed(MODEL.id(), NEEDS, Failure.of(FailureKind.BUSY), time.now());

        assertThat(statistics.score(MODEL, true, time.now())).isLessThan(before);
    }

    @Test
    void a_failure_that_is_not_the_models_fault_leaves_the_score() {
        double before = statistics.score(MODEL, true, time.now());
        health.failed(MODEL.id(), NEEDS, Failure.of(FailureKind.UNREACHABLE), time.now());

        assertThat(statistics.score(MODEL, true, time.now())).isEqualTo(before);
    }

    @Test
    void the_time_an_answer_took_is_remembered() {
        for (int n = 0; n < 5; n++) {
            health.answered(MODEL.id(), NEEDS, true, Duration.ofMillis(300), time.now());
        }

        assertThat(statistics.latencies().p90(MODEL.id(), true, time.now())).contains(Duration.ofMillis(300));
    }
}
